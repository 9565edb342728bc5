import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ADDRESS,
  COUNT,
  listingScript,
  runScript,
  serve,
  serveProxy,
  TWILIO,
  transportOf,
} from '../support/http-server.ts'

const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']

/** Lists with an environment, and a library that has not read another one before. */
async function listWith(env: Readonly<Record<string, string>>, baseUrl?: string) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.resetModules()
  const { listParticipantConversations, twilio } = await import('../../src/index.ts')
  return listParticipantConversations({
    provider: twilio({
      accountSid: TWILIO.accountSid,
      authToken: TWILIO.authToken,
      baseUrl,
      retry: { retries: 0 },
    }),
    participant: { address: ADDRESS },
  }).toArray()
}

describe('a proxy that the environment names', () => {
  beforeEach(() => {
    for (const name of VARIABLES) vi.stubEnv(name, undefined)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it.each(['HTTP_PROXY', 'http_proxy'])('is used for http: %s', async (variable) => {
    await using server = await serve()
    await using proxy = await serveProxy()
    expect(await listWith({ [variable]: proxy.url }, server.url)).toHaveLength(COUNT)
    expect(proxy.asked).toHaveLength(1)
    expect(server.seen.map(transportOf)).toEqual(['undici'])
  })

  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY'])(
    'is asked for a tunnel for https, and nothing goes past it: %s',
    async (variable) => {
      await using proxy = await serveProxy()
      await expect(listWith({ [variable]: proxy.url })).rejects.toMatchObject({ name: 'ConnectionError' })
      expect(proxy.asked).toEqual(['CONNECT conversations.twilio.com:443'])
    },
  )

  it('is not used for http where it is named for https', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    expect(await listWith({ HTTPS_PROXY: proxy.url }, server.url)).toHaveLength(COUNT)
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['NO_PROXY', '127.0.0.1'],
    ['no_proxy', 'example.com,127.0.0.1'],
    ['NO_PROXY', '*'],
  ])('is not used for hosts that %s=%s names', async (variable, hosts) => {
    await using server = await serve()
    await using proxy = await serveProxy()
    expect(await listWith({ HTTP_PROXY: proxy.url, [variable]: hosts }, server.url)).toHaveLength(COUNT)
    expect(proxy.asked).toEqual([])
  })

  it.each(['not a url', 'proxy.example:8080', 'user:proxy-password@[bad'])(
    'that cannot be one is named as what is wrong: %s',
    async (value) => {
      const failing = listWith({ HTTPS_PROXY: value })
      await expect(failing).rejects.toMatchObject({
        name: 'ConfigurationError',
        message: expect.stringContaining('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy'),
      })
      expect(inspect(await failing.catch((error: unknown) => error))).not.toContain('proxy-password')
    },
  )

  it('that is gone is an error, not a detour', async () => {
    await using server = await serve()
    const proxy = await serveProxy()
    await proxy[Symbol.asyncDispose]()
    await expect(listWith({ HTTP_PROXY: proxy.url }, server.url)).rejects.toMatchObject({
      name: 'ConnectionError',
    })
    expect(server.seen).toEqual([])
  })

  it('does not show its password where it fails', async () => {
    await using server = await serve()
    const proxy = await serveProxy()
    await proxy[Symbol.asyncDispose]()
    const withPassword = proxy.url.replace('//', '//user:proxy-password@')
    const error: unknown = await listWith({ HTTP_PROXY: withPassword }, server.url).catch((error) => error)
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('proxy-password')
  })

  it('is used by a script that is told of it at its start', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    const script = `${listingScript}
    console.log((await list()).length)`
    const proxied = await runScript(script, { BASE_URL: server.url, HTTP_PROXY: proxy.url })
    expect(proxied).toMatchObject({ stdout: `${COUNT}\n`, stderr: '', exitCode: 0 })
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(server.seen).toHaveLength(3)
  })
})
