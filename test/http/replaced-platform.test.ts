import { HttpResponse, http } from 'msw'
import { type SetupServer, setupServer } from 'msw/node'
import { Agent, Dispatcher, getGlobalDispatcher, MockAgent, Pool, setGlobalDispatcher } from 'undici'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import {
  ADDRESS,
  COUNT,
  list,
  listUntilError,
  providers,
  sampleStandIn,
  serve,
  TWILIO,
  transportOf,
} from '../support/http-server.ts'

const endpoint = 'https://conversations.twilio.com/v1/ParticipantConversations'
// Where undici keeps its global dispatcher: the first is older.
const LEGACY = Symbol.for('undici.globalDispatcher.1')
const CURRENT = Symbol.for('undici.globalDispatcher.2')
const emptyPage = { conversations: [], meta: { key: 'conversations', next_page_url: null } }

/** Lists a page from a server on loopback, and tells how it was asked. */
async function transportInUse(options: Parameters<typeof providers.twilio>[0] = {}) {
  await using server = await serve()
  await list(providers.twilio({ baseUrl: server.url, ...options })).toArray()
  return [...new Set(server.seen.map(transportOf))]
}

describe("MSW's setupServer(), with no option set", () => {
  let mock: SetupServer | undefined
  const standIn = sampleStandIn()
  const listen = (): SetupServer => {
    const server = setupServer(...standIn.handlers)
    server.listen({ onUnhandledRequest: 'error' })
    mock = server
    return server
  }
  afterEach(() => mock?.close())

  it.each(['twilio', 'bird'] as const)(
    'answers %s, where the client was made before listen()',
    async (name) => {
      const provider = providers[name]({})
      listen()
      expect(await list(provider).toArray()).toHaveLength(COUNT)
    },
  )

  it.each(['twilio', 'bird'] as const)(
    'answers %s, where the client was made after listen()',
    async (name) => {
      listen()
      expect(await list(providers[name]({})).toArray()).toHaveLength(COUNT)
    },
  )

  it.each(['before', 'after'])('answers where the library was loaded %s listen()', async (when) => {
    vi.resetModules()
    if (when === 'after') listen()
    const library = await import('../../src/index.ts')
    expect(library.twilio).not.toBe(twilio)
    if (when === 'before') listen()
    const conversations = library.listParticipantConversations({
      provider: library.twilio({ accountSid: TWILIO.accountSid, authToken: TWILIO.authToken }),
      participant: { address: ADDRESS },
    })
    expect(await conversations.toArray()).toHaveLength(COUNT)
  })

  it('answers a client that has asked over undici already', async () => {
    await using server = await serve()
    const provider = providers.twilio({ baseUrl: server.url })
    await list(provider).toArray()
    setupHandler(`${server.url}/v1/ParticipantConversations`)
    expect(await list(provider).toArray()).toEqual([])
    expect(server.seen).toHaveLength(3)
  })

  it('answers with what server.use() says, until it is reset', async () => {
    const server = listen()
    server.use(http.get(endpoint, () => HttpResponse.json({ code: 20003, message: 'No' }, { status: 401 })))
    const { error } = await listUntilError(list(providers.twilio({})))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(error).toMatchObject({ code: 20003 })
    server.resetHandlers()
    expect(await list(providers.twilio({})).toArray()).toHaveLength(COUNT)
  })

  it('answers in the middle of a listing that began without it', async () => {
    await using server = await serve()
    const pages = list(providers.twilio({ baseUrl: server.url }))
      .pages()
      [Symbol.asyncIterator]()
    await pages.next()
    setupHandler(`${server.url}/v1/ParticipantConversations`)
    expect(await pages.next()).toMatchObject({ value: { items: [], nextCursor: null } })
    expect(server.seen).toHaveLength(1)
  })

  it("fails a request that no handler knows at once, in MSW's words, if onUnhandledRequest is 'error'", async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    mock = setupServer()
    mock.listen({ onUnhandledRequest: 'error' })
    const retries: unknown[] = []
    const hooks = { onRetry: (info: unknown) => retries.push(info) }
    const { error } = await listUntilError(list(providers.twilio({ hooks })))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error.message).toMatch(/is not mocked: \[MSW\] Cannot bypass a request/)
    expect(retries).toEqual([])
    expect(printed).toHaveBeenCalled()
    printed.mockRestore()
  })

  it('shows a network error of its own as a ConnectionError', async () => {
    listen().use(http.get(endpoint, () => HttpResponse.error()))
    const { error } = await listUntilError(list(providers.twilio({ retry: { retries: 1, minDelayMs: 1 } })))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ attempts: 2 })
  })

  it('gives the fast path back after close()', async () => {
    listen().close()
    expect(await transportInUse()).toEqual(['undici'])
  })

  function setupHandler(url: string): void {
    mock = setupServer(http.get(url, () => HttpResponse.json(emptyPage)))
    mock.listen({ onUnhandledRequest: 'error' })
  }
})

describe('a global fetch that is not Node’s own', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it('is used: vi.stubGlobal()', async () => {
    const standIn = sampleStandIn()
    const provider = providers.twilio({})
    const fetch = vi.fn(standIn.fetch)
    vi.stubGlobal('fetch', fetch)
    expect(await list(provider).toArray()).toHaveLength(COUNT)
    expect(fetch).toHaveBeenCalledTimes(3)
  })

  it('is used: vi.spyOn()', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(emptyPage))
    expect(await list(providers.twilio({})).toArray()).toEqual([])
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  it.each([
    [
      'a wrapper, as APM agents make it',
      (own: typeof fetch): typeof fetch =>
        (...given) =>
          own(...given),
    ],
    ['a bound function', (own: typeof fetch): typeof fetch => own.bind(globalThis)],
    ['a Proxy', (own: typeof fetch): typeof fetch => new Proxy(own, {})],
  ])('is used: %s', async (_, wrap) => {
    vi.stubGlobal('fetch', wrap(globalThis.fetch))
    expect(await transportInUse()).toEqual(['fetch'])
    vi.unstubAllGlobals()
    expect(await transportInUse()).toEqual(['undici'])
  })

  // zone.js makes functions that it patches show the source of the original.
  it('is used: a patch by zone.js, which shows the source of the original', async () => {
    const own = globalThis.fetch
    const original = '__zone_symbol__OriginalDelegate'
    const sourceOf = Function.prototype.toString
    const patched = Object.assign((...given: Parameters<typeof fetch>) => own(...given), { [original]: own })
    vi.stubGlobal('fetch', patched)
    vi.spyOn(Function.prototype, 'toString').mockImplementation(function (this: object) {
      return sourceOf.call(Reflect.get(this, original) ?? this)
    })
    const transports = await transportInUse()
    vi.restoreAllMocks()
    expect(transports).toEqual(['fetch'])
  })

  it('is gone around if it is Next’s, which keeps responses: the one inside it is used', async () => {
    vi.stubGlobal('fetch', nextFetch(sampleStandIn().fetch))
    expect(await list(providers.twilio({})).toArray()).toHaveLength(COUNT)
  })

  it('is used if it is a stub with the properties of Next’s, as sinon makes it', async () => {
    const stub = async () => Response.json(emptyPage)
    vi.stubGlobal('fetch', Object.assign(stub, nextFetch(sampleStandIn().fetch), { restore() {} }))
    expect(await list(providers.twilio({})).toArray()).toEqual([])
  })

  it('is used at each request: it may change while a listing runs', async () => {
    vi.stubGlobal('fetch', sampleStandIn().fetch)
    const pages = list(providers.twilio({})).pages()[Symbol.asyncIterator]()
    await pages.next()
    vi.stubGlobal('fetch', async () => Response.json(emptyPage))
    expect(await pages.next()).toMatchObject({ value: { items: [], nextCursor: null } })
  })

  it('that is missing is an error that says so, not a detour', async () => {
    vi.stubGlobal('fetch', undefined)
    const { error } = await listUntilError(list(providers.twilio({})))
    expect(error.message).toMatch(/fetch is not a function/)
  })
})

/** Next's wrapper of another `fetch`. */
function nextFetch(inside: typeof fetch): typeof fetch {
  const wrapper = async () => Response.json({ message: 'from the cache' }, { status: 500 })
  return Object.assign(wrapper, {
    __nextPatched: true,
    __nextGetStaticStore: () => undefined,
    _nextOriginalFetch: inside,
  })
}

describe('a global dispatcher of undici', () => {
  const restore = remember()
  afterEach(() => {
    vi.restoreAllMocks()
    restore()
  })

  it('is honoured if it is a MockAgent', async () => {
    const agent = new MockAgent()
    agent.disableNetConnect()
    agent
      .get('https://conversations.twilio.com')
      .intercept({ path: (path) => path.startsWith('/v1/ParticipantConversations?') })
      .reply(200, emptyPage, { headers: { 'content-type': 'application/json' } })
    setGlobalDispatcher(agent)
    const conversations = listParticipantConversations({
      provider: providers.twilio({ retry: { retries: 0 } }),
      participant: { address: ADDRESS },
    })
    expect(await conversations.toArray()).toEqual([])
    agent.assertNoPendingInterceptors()
    await agent.close()
  })

  it.each([
    ['an Agent with options', () => new Agent({ connections: 2 })],
    ['an Agent with a factory', () => new Agent({ factory: (origin, options) => new Pool(origin, options) })],
    ['an Agent with an interceptor', () => new Agent().compose((dispatch) => dispatch)],
    ['an Agent of a class of the caller’s', () => new (class Traced extends Agent {})()],
  ])('is honoured if it is %s', async (_, create) => {
    setGlobalDispatcher(create())
    expect(await transportInUse()).toEqual(['fetch'])
  })

  it.each([
    ['agent', (agent: Agent) => agent],
    ['class', () => Agent.prototype],
  ])('is honoured if its %s is patched while it is in use', async (_, patched) => {
    const agent = new Agent()
    setGlobalDispatcher(agent)
    expect(await transportInUse()).toEqual(['undici'])
    const dispatch = vi.spyOn(patched(agent), 'dispatch')
    expect(await transportInUse()).toEqual(['fetch'])
    expect(dispatch).toHaveBeenCalled()
    dispatch.mockRestore()
    expect(await transportInUse()).toEqual(['undici'])
  })

  it.each([LEGACY, CURRENT])('is honoured if only one of the two places has it: %s', async (place) => {
    setGlobalDispatcher(new Agent())
    Reflect.set(globalThis, place, new Agent({ connections: 2 }))
    expect(await transportInUse()).toEqual(['fetch'])
    setGlobalDispatcher(new Agent())
    expect(await transportInUse()).toEqual(['undici'])
  })

  it('keeps the fast path if it is a plain Agent', async () => {
    setGlobalDispatcher(new Agent())
    expect(await transportInUse()).toEqual(['undici'])
  })

  it('keeps the fast path if nobody has set one', async () => {
    expect(await transportInUse()).toEqual(['undici'])
  })

  it('is looked up for each request', async () => {
    setGlobalDispatcher(new Agent({ connections: 2 }))
    expect(await transportInUse()).toEqual(['fetch'])
    restore()
    expect(await transportInUse()).toEqual(['undici'])
  })
})

describe('a global dispatcher of undici 8, which has a wrapper of it for older copies', () => {
  afterEach(remember())

  it('keeps the fast path if it is a plain Agent', async () => {
    setAsUndici8(new Agent())
    expect(await transportInUse()).toEqual(['undici'])
  })

  it('is honoured if it is another', async () => {
    setAsUndici8(new Agent({ connections: 2 }))
    expect(await transportInUse()).toEqual(['fetch'])
  })

  it('is honoured if an older copy has set the wrapper with an interceptor', async () => {
    const wrapper = setAsUndici8(new Agent())
    Reflect.set(
      globalThis,
      LEGACY,
      wrapper.compose((dispatch) => dispatch),
    )
    expect(await transportInUse()).toEqual(['fetch'])
  })

  // undici 7 finds the wrapper in the first place and sets it in both: whether it wraps a mock cannot be seen.
  it('is honoured, plain or not, where undici 7 has set back what it found', async () => {
    setAsUndici8(new Agent())
    const found = getGlobalDispatcher()
    setGlobalDispatcher(new Agent({ connections: 2 }))
    setGlobalDispatcher(found)
    expect(await transportInUse()).toEqual(['fetch'])
  })
})

/** Puts both places back as they are now: on Node 26 setting `getGlobalDispatcher()` back does not. */
function remember(): () => void {
  const found = [LEGACY, CURRENT].map((place) => [place, Reflect.get(globalThis, place)] as const)
  return () => {
    for (const [place, dispatcher] of found) Reflect.set(globalThis, place, dispatcher)
  }
}

class Dispatcher1Wrapper extends Dispatcher {
  readonly #dispatcher: Dispatcher
  constructor(dispatcher: Dispatcher) {
    super()
    this.#dispatcher = dispatcher
  }
  override dispatch(...given: Parameters<Dispatcher['dispatch']>): boolean {
    return this.#dispatcher.dispatch(...given)
  }
}

/** As `setGlobalDispatcher()` of undici 8 does it, on whichever Node; returns the wrapper. */
function setAsUndici8(dispatcher: Dispatcher): Dispatcher {
  const wrapper = new Dispatcher1Wrapper(dispatcher)
  Reflect.set(globalThis, LEGACY, wrapper)
  Reflect.set(globalThis, CURRENT, dispatcher)
  return wrapper
}
