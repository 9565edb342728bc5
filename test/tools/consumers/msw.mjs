import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { list, origin, page, path } from './list.mjs'

const server = setupServer(http.get(`${origin}${path}`, () => HttpResponse.json(page)))
server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' })
console.log(...(await list()))
server.close()
