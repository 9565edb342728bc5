/** The benchmark server, in its own process. Its paths are those of the providers. */
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { birdBody, pageOf, twilioBody } from '../pages.ts'
import { openSlowLink } from '../slow-link.ts'

/** All of them are environment variables. */
export interface ServerSettings extends NodeJS.ProcessEnv {
  /** How many pages a listing has. Default: 400, which are 20,000 conversations on Twilio and 40,000 on Bird. */
  readonly PAGES?: string
  /** How many conversations a page of Twilio has; one of Bird has twice as many. Default: 50. */
  readonly ROWS?: string
  /** Delays each response. */
  readonly DELAY_MS?: string
  /** `on` compresses Twilio's pages for clients that accept gzip. */
  readonly GZIP?: 'on' | 'off'
  /** Puts a link of this speed in front. */
  readonly LINK_BITS_PER_SECOND?: string
}

const { PAGES, DELAY_MS, GZIP, LINK_BITS_PER_SECOND }: ServerSettings = process.env
const pages = Number(PAGES ?? 400)
const delayMs = Number(DELAY_MS ?? 0)

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', url)
  const isBird = pathname.startsWith('/workspaces/')
  const page = pageOf(searchParams.get(isBird ? 'pageToken' : 'PageToken'))
  const isGzip = compressed.length > 0 && `${request.headers['accept-encoding']}`.includes('gzip')
  if (delayMs > 0) await wait(delayMs)
  response.setHeader('content-type', 'application/json')
  if (isGzip) response.setHeader('content-encoding', 'gzip')
  if (pathname === '/raw') response.end(Buffer.alloc(Number(searchParams.get('bytes'))))
  else if (isGzip) response.end(compressed[page])
  else response.end(isBird ? birdBody(page, pages) : twilioBody(page, pages, url))
})
const serverPort = await new Promise<number>((resolve) => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') resolve(address.port)
  })
})
const link = LINK_BITS_PER_SECOND ? await openSlowLink(serverPort, Number(LINK_BITS_PER_SECOND)) : null
const url = `http://127.0.0.1:${link?.port ?? serverPort}`

// Rendered in advance: the work of the server is not part of the measurement.
const compressed =
  GZIP === 'on' ? Array.from({ length: pages }, (_, page) => gzipSync(twilioBody(page, pages, url))) : []

process.on('message', () => process.send?.({ bytesSent: link?.bytesSent() ?? 0 }))
process.on('disconnect', () => process.exit())
process.send?.({ url })
