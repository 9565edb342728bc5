import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { list, providers, serve } from '../support/http-server.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const own = `participant-conversations/${version}`

describe.each([
  { transport: 'undici', options: {} },
  { transport: 'the global fetch', options: { fetch: globalThis.fetch } },
])('over $transport, the User-Agent', ({ options }) => {
  it('contains the name and version of the library', async () => {
    await using server = await serve()
    await list(providers.twilio({ baseUrl: server.url, ...options })).toArray()
    expect(new Set(server.seen.map(({ headers }) => headers['user-agent']))).toEqual(new Set([own]))
  })

  it('starts with the product of the app', async () => {
    await using server = await serve()
    const headers = { 'User-Agent': 'my-app/1.2 (support desk)' }
    await list(providers.bird({ baseUrl: server.url, headers, ...options })).toArray()
    expect(server.seen[0]?.headers['user-agent']).toBe(`my-app/1.2 (support desk) ${own}`)
  })
})
