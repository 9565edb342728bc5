import { Socket } from 'node:net'
import { inspect } from 'node:util'
import { setupServer } from 'msw/node'
import { Agent, EnvHttpProxyAgent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ADDRESS,
  COUNT,
  list,
  listingScript,
  providers,
  runScript,
  type ScriptedServer,
  sampleStandIn,
  serve,
  serveProxy,
  TWILIO,
  transportOf,
} from '../support/http-server.ts'

const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']

/** Lists with these environment variables, on a fresh copy of the library. */
async function listWith(env: Readonly<Record<string, string>>, baseUrl?: string) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.resetModules()
  const { listParticipantConversations, twilio } = await import('../../src/index.ts')
  return listParticipantConversations({
    provider: twilio({
      accountSid: TWILIO.accountSid,
      authToken: TWILIO.authToken,
      baseUrl,
      allowInsecureHttp: true,
      retry: { retries: 0 },
    }),
    participant: { address: ADDRESS },
  }).toArray()
}

/** The URL of a server under a name that only the proxy of these tests can resolve. */
const beyondProxy = ({ url }: ScriptedServer): string => url.replace('127.0.0.1', 'api.example')

/** The URL of a server under an address that does not count as loopback. */
const notLoopback = ({ url }: ScriptedServer): string => url.replace('127.0.0.1', '0.0.0.0')

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

describe('a proxy from the environment', () => {
  it.each(['HTTP_PROXY', 'http_proxy'])('is used for http: %s', async (variable) => {
    await using server = await serve()
    await using proxy = await serveProxy()
    expect(await listWith({ [variable]: proxy.url }, beyondProxy(server))).toHaveLength(COUNT)
    expect(proxy.asked).toHaveLength(1)
    expect(server.seen.map(transportOf)).toEqual(['undici'])
  })

  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'is used for https through a tunnel, and never bypassed: %s',
    async (variable) => {
      await using proxy = await serveProxy()
      await expect(listWith({ [variable]: proxy.url })).rejects.toMatchObject({ name: 'ConnectionError' })
      expect(proxy.asked).toEqual(['CONNECT conversations.twilio.com:443'])
    },
  )

  it('is not used for http if it is set for https only', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    expect(await listWith({ HTTPS_PROXY: proxy.url }, notLoopback(server))).toHaveLength(COUNT)
    expect(proxy.asked).toEqual([])
  })

  it('is not used for https if it is set for http only', async () => {
    await using proxy = await serveProxy()
    // Nothing listens there, so a direct connection fails on this machine.
    await expect(listWith({ HTTP_PROXY: proxy.url }, 'https://0.0.0.0:1')).rejects.toThrow(/ECONNREFUSED/)
    expect(proxy.asked).toEqual([])
  })

  it.each(['127.0.0.1', 'localhost'])(
    'receives no request to loopback, which may be unencrypted: %s',
    async (host) => {
      await using server = await serve()
      await using proxy = await serveProxy()
      const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }
      expect(await listWith(env, server.url.replace('127.0.0.1', host))).toHaveLength(COUNT)
      expect(proxy.asked).toEqual([])
    },
  )

  it.each([
    ['NO_PROXY', '0.0.0.0'],
    ['no_proxy', 'example.com,0.0.0.0'],
    ['NO_PROXY', '*'],
  ])('is not used for the hosts in %s=%s', async (variable, hosts) => {
    await using server = await serve()
    await using proxy = await serveProxy()
    const env = { HTTP_PROXY: proxy.url, [variable]: hosts }
    expect(await listWith(env, notLoopback(server))).toHaveLength(COUNT)
    expect(proxy.asked).toEqual([])
  })

  it.each(['not a url', 'proxy.example:8080', 'user:proxy-password@[bad'])(
    'with an invalid URL is a ConfigurationError that names the variables: %s',
    async (value) => {
      const failing = listWith({ HTTPS_PROXY: value })
      await expect(failing).rejects.toMatchObject({
        name: 'ConfigurationError',
        message: expect.stringContaining('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy'),
      })
      expect(inspect(await failing.catch((error: unknown) => error))).not.toContain('proxy-password')
    },
  )

  it('that is down is an error and is not bypassed', async () => {
    await using server = await serve()
    const proxy = await serveProxy()
    await proxy[Symbol.asyncDispose]()
    await expect(listWith({ HTTP_PROXY: proxy.url }, beyondProxy(server))).rejects.toMatchObject({
      name: 'ConnectionError',
    })
    expect(server.seen).toEqual([])
  })

  it('that never opens a tunnel does not keep the next listing from one', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    proxy.hang(true)
    vi.stubEnv('HTTP_PROXY', proxy.url)
    vi.resetModules()
    const { listParticipantConversations, twilio } = await import('../../src/index.ts')
    const listIn = (signal?: AbortSignal) => {
      const { accountSid, authToken } = TWILIO
      const http = { baseUrl: beyondProxy(server), allowInsecureHttp: true, retry: { retries: 0 } }
      const provider = twilio({ accountSid, authToken, ...http })
      return listParticipantConversations({ provider, participant: { address: ADDRESS }, signal }).toArray()
    }
    const controller = new AbortController()
    // More than there are connections.
    const listings = Promise.allSettled(Array.from({ length: 60 }, () => listIn(controller.signal)))
    await vi.waitFor(() => expect(proxy.asked).toHaveLength(50), { timeout: 30_000 })
    controller.abort()
    expect(new Set((await listings).map(({ status }) => status))).toEqual(new Set(['rejected']))
    proxy.hang(false)
    expect(await listIn()).toHaveLength(COUNT)
  })

  it('does not show its password in an error', async () => {
    await using server = await serve()
    const proxy = await serveProxy()
    await proxy[Symbol.asyncDispose]()
    const withPassword = proxy.url.replace('//', '//user:proxy-password@')
    const error: unknown = await listWith({ HTTP_PROXY: withPassword }, beyondProxy(server)).catch(
      (error) => error,
    )
    expect(error).toBeInstanceOf(Error)
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('proxy-password')
  })

  it('is used by a script that starts with the variable set', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    const script = `${listingScript}
    console.log((await list({ allowInsecureHttp: true })).length)`
    const proxied = await runScript(script, { BASE_URL: beyondProxy(server), HTTP_PROXY: proxy.url })
    expect(proxied).toMatchObject({ stdout: `${COUNT}\n`, stderr: '', exitCode: 0 })
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(server.seen).toHaveLength(3)
  })
})

describe('a proxy from the environment, when the global fetch is replaced', () => {
  /** Wraps the global fetch, as APM tools do. */
  const wrapFetch = (): void => {
    const own = globalThis.fetch
    vi.stubGlobal('fetch', (...given: Parameters<typeof fetch>) => own(...given))
  }

  it('is used for http by a wrapper around Node’s own fetch', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    wrapFetch()
    expect(await listWith({ HTTP_PROXY: proxy.url }, beyondProxy(server))).toHaveLength(COUNT)
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(new Set(server.seen.map(transportOf))).toEqual(new Set(['fetch']))
  })

  it('is used for https through a tunnel by a wrapper around Node’s own fetch', async () => {
    await using proxy = await serveProxy()
    wrapFetch()
    await expect(listWith({ HTTPS_PROXY: proxy.url })).rejects.toMatchObject({ name: 'ConnectionError' })
    expect(proxy.asked).toEqual(['CONNECT conversations.twilio.com:443'])
  })

  it('receives no request to loopback', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    wrapFetch()
    expect(await listWith({ HTTP_PROXY: proxy.url }, server.url)).toHaveLength(COUNT)
    expect(proxy.asked).toEqual([])
  })

  it('is left to the global dispatcher if the app has set one', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    const found = getGlobalDispatcher()
    setGlobalDispatcher(new Agent({ connections: 2 }))
    try {
      expect(await listWith({ HTTP_PROXY: proxy.url }, notLoopback(server))).toHaveLength(COUNT)
    } finally {
      setGlobalDispatcher(found)
    }
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['undici', () => {}],
    ['a wrapper around fetch', wrapFetch],
  ])(
    'receives no request to loopback over %s, even if the global dispatcher reads the environment',
    async (_, setUp) => {
      await using server = await serve()
      await using proxy = await serveProxy()
      const found = getGlobalDispatcher()
      vi.stubEnv('HTTP_PROXY', proxy.url)
      setGlobalDispatcher(new EnvHttpProxyAgent())
      setUp()
      try {
        expect(await listWith({}, server.url)).toHaveLength(COUNT)
        expect(proxy.asked).toEqual([])
        expect(await listWith({}, beyondProxy(server))).toHaveLength(COUNT)
        expect(proxy.asked.length).toBeGreaterThan(0)
      } finally {
        setGlobalDispatcher(found)
      }
    },
  )

  it.each(['Bun', 'Deno'])('is left to %s, which reads the environment itself', async (runtime) => {
    await using server = await serve()
    await using proxy = await serveProxy()
    wrapFetch()
    vi.stubGlobal(runtime, {})
    expect(await listWith({ HTTP_PROXY: proxy.url }, notLoopback(server))).toHaveLength(COUNT)
    expect(proxy.asked).toEqual([])
  })

  it('receives no request that MSW handles', async () => {
    await using proxy = await serveProxy()
    const mock = setupServer(...sampleStandIn().handlers)
    mock.listen({ onUnhandledRequest: 'error' })
    try {
      expect(await listWith({ HTTPS_PROXY: proxy.url })).toHaveLength(COUNT)
    } finally {
      mock.close()
    }
    expect(proxy.asked).toEqual([])
  })

  // MSW 3 does not run on the oldest Node.js that these tests support. `test:msw` runs the real one.
  it('receives no request while sockets are mocked as MSW 3 does it', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    wrapFetch()
    const { connect } = Socket.prototype
    Socket.prototype.connect = function (this: Socket, ...given: Parameters<Socket['connect']>) {
      Reflect.get(globalThis, '__MSW_INTERNAL_CONNECTION_CONTEXT')
      return connect.apply(this, given)
    } as Socket['connect']
    try {
      expect(await listWith({ HTTP_PROXY: proxy.url }, notLoopback(server))).toHaveLength(COUNT)
    } finally {
      Socket.prototype.connect = connect
    }
    expect(proxy.asked).toEqual([])
  })

  it('receives a request that MSW lets through', async () => {
    await using server = await serve()
    await using proxy = await serveProxy()
    const mock = setupServer()
    mock.listen({ onUnhandledRequest: 'bypass' })
    try {
      expect(await listWith({ HTTP_PROXY: proxy.url }, beyondProxy(server))).toHaveLength(COUNT)
    } finally {
      mock.close()
    }
    expect(proxy.asked.length).toBeGreaterThan(0)
  })
})

it('a fetch passed as an option gets no dispatcher, and takes care of proxies itself', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1')
  const inits: (RequestInit | undefined)[] = []
  const { fetch } = sampleStandIn()
  await list(
    providers.twilio({
      fetch(url, init) {
        inits.push(init)
        return fetch(url, init)
      },
    }),
  ).toArray()
  expect(inits[0]).not.toHaveProperty('dispatcher')
})
