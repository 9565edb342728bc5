/**
 * What users do with MSW, whatever their test runner is. The test file passes its runner's functions, MSW, and a way to
 * the library, which is loaded before `listen()` or after it.
 */
const { createServer } = require('node:http')

module.exports = function defineCases(
  { test, expect, beforeAll, afterEach, afterAll },
  runner,
  msw,
  loadLibrary,
) {
  const { http, HttpResponse, setupServer } = msw
  const url = 'https://conversations.twilio.com/v1/ParticipantConversations'
  const pageOf = (sid) => () =>
    HttpResponse.json({
      conversations: [{ conversation_sid: sid, conversation_state: 'active' }],
      meta: { key: 'conversations', next_page_url: null },
    })
  const server = setupServer(http.get(url, pageOf('CH-mocked')))
  const participant = { address: '+12025550123' }
  const twilio = (library, options) => library.twilio({ accountSid: 'AC0', authToken: 'x', ...options })

  let library
  let testing
  let before
  beforeAll(async () => {
    if (loadLibrary.early !== undefined) {
      library = loadLibrary.early
      before = twilio(library)
    }
    // MSW 3 calls it by another name, and ignores that of MSW 2.
    server.listen({ onUnhandledRequest: 'error', onUnhandledFrame: 'error' })
    library ??= await loadLibrary.late()
    testing = await loadLibrary.testing()
  })
  afterEach(() => {
    runner.useRealTimers()
    runner.unstubFetch()
    server.resetHandlers()
  })
  afterAll(() => server.close())

  const idsOf = async (provider) => {
    const all = await library.listParticipantConversations({ provider, participant }).toArray()
    return all.map(({ id }) => id)
  }

  if (loadLibrary.early !== undefined) {
    test('answers a client that was made before listen()', async () => {
      expect(await idsOf(before)).toEqual(['CH-mocked'])
    })
  }

  test('answers a client that was made after listen()', async () => {
    expect(await idsOf(twilio(library))).toEqual(['CH-mocked'])
  })

  test('honors server.use()', async () => {
    const provider = twilio(library)
    server.use(http.get(url, () => HttpResponse.json({ code: 20003, message: 'no' }, { status: 401 })))
    await expect(idsOf(provider)).rejects.toBeInstanceOf(library.AuthenticationError)
    server.resetHandlers()
    expect(await idsOf(provider)).toEqual(['CH-mocked'])
  })

  test('answers although the environment names a proxy', async () => {
    // Nothing listens there.
    process.env.HTTPS_PROXY = 'http://127.0.0.1:1'
    try {
      expect(await idsOf(twilio(library, { retry: { retries: 0 } }))).toEqual(['CH-mocked'])
    } finally {
      delete process.env.HTTPS_PROXY
    }
  })

  test('works while timers are faked', async () => {
    runner.useFakeTimers()
    expect(await idsOf(twilio(library))).toEqual(['CH-mocked'])
  })

  test('repeats a request when faked time goes on', async () => {
    let calls = 0
    server.use(
      http.get(url, () => {
        calls += 1
        return calls < 3 ? HttpResponse.json({}, { status: 503 }) : pageOf('CH-third')()
      }),
    )
    runner.useFakeTimers()
    const listing = idsOf(twilio(library))
    for (let step = 0; step < 50; step += 1) await runner.advanceTimers(1000)
    expect(await listing).toEqual(['CH-third'])
    expect(calls).toBe(3)
  })

  test('gives up in time when faked time goes on', async () => {
    server.use(http.get(url, () => new Promise(() => {})))
    runner.useFakeTimers()
    const listing = expect(
      idsOf(twilio(library, { timeoutMs: 5000, retry: { retries: 0 } })),
    ).rejects.toBeInstanceOf(library.TimeoutError)
    for (let step = 0; step < 10; step += 1) await runner.advanceTimers(1000)
    await listing
  })

  test('calls a stub of the global fetch', async () => {
    const provider = twilio(library)
    expect(await idsOf(provider)).toEqual(['CH-mocked'])
    runner.stubFetch(async () => pageOf('CH-stub')())
    expect(await idsOf(provider)).toEqual(['CH-stub'])
    runner.unstubFetch()
    expect(await idsOf(provider)).toEqual(['CH-mocked'])
  })

  /** Before Node 24.9, Jest's ES modules cannot require MSW: the error of `handlers` says what to write instead. */
  function handlersOf(standIn) {
    if (!runner.isEsm || Number.parseInt(process.versions.node, 10) >= 24) return standIn.handlers
    expect(() => standIn.handlers).toThrow('write the MSW handlers yourself')
    const answer = ({ request }) => standIn.fetch(request).catch(() => HttpResponse.error())
    return [http.all('https://conversations.twilio.com/*', answer)]
  }

  test('a stand-in fails in all of its ways', async () => {
    const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'x' }
    const standIn = testing.createStandIn({ twilio: { ...account, conversations: [] } })
    server.use(...handlersOf(standIn))
    const provider = twilio(library, { ...account, timeoutMs: 5000, retry: { retries: 0 } })
    expect(await idsOf(provider)).toEqual([])
    standIn.fail({ networkError: true })
    await expect(idsOf(provider)).rejects.toMatchObject({ name: 'ConnectionError' })
    standIn.fail({ body: 'breaks off' })
    await expect(idsOf(provider)).rejects.toMatchObject({ name: 'ConnectionError' })
    standIn.fail({ body: 'not JSON' })
    await expect(idsOf(provider)).rejects.toMatchObject({ name: 'ResponseValidationError' })
    runner.useFakeTimers()
    for (const failure of [{ body: 'hangs' }, { delayMs: Number.POSITIVE_INFINITY }]) {
      standIn.fail(failure)
      const listing = expect(idsOf(provider)).rejects.toMatchObject({ name: 'TimeoutError' })
      for (let step = 0; step < 10; step += 1) await runner.advanceTimers(1000)
      await listing
    }
  })

  // The last one: after it, MSW 3 takes seconds for a `fetch` while timers are faked.
  test('fails a request that no handler is for at once, in MSW\u2019s words', async () => {
    const retries = []
    const provider = library.bird({
      ...{ accessKey: 'x', workspaceId: '00000000-0000-4000-8000-000000000001', channelId: 'x' },
      hooks: { onRetry: (info) => retries.push(info) },
    })
    runner.silenceConsole()
    const error = await idsOf(provider).catch((reason) => reason)
    expect(error).toBeInstanceOf(library.ConfigurationError)
    expect(error.message).toMatch(/is not mocked: .*\[MSW\] Cannot bypass a request/)
    expect(retries).toEqual([])
  })

  test('sends nothing that no handler is for', async () => {
    const arrived = []
    const target = createServer((request, response) => {
      arrived.push(request.url)
      response.end('{}')
    })
    await new Promise((resolve) => target.listen(0, '127.0.0.1', resolve))
    const provider = twilio(library, {
      baseUrl: `http://127.0.0.1:${target.address().port}`,
      retry: { retries: 0 },
    })
    runner.silenceConsole()
    await expect(idsOf(provider)).rejects.toBeInstanceOf(library.ConversationsError)
    await new Promise((resolve) => target.close(resolve))
    expect(arrived).toEqual([])
  })
}
