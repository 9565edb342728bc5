import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ApiError,
  AuthenticationError,
  ConversationsError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from '../../src/index.ts'
import {
  answer,
  BIRD,
  idsOf,
  list,
  listUntilError,
  type ProviderName,
  providers,
  type ScriptedServer,
  serve,
} from '../support/http-server.ts'

const retry = { retries: 1, minDelayMs: 1 }
const transports = { undici: {}, 'the global fetch': { fetch: globalThis.fetch } }
const matrix = (['twilio', 'bird'] as const).flatMap((provider) =>
  Object.entries(transports).map(([transport, options]) => ({ provider, transport, options })),
)

/** An error response as each provider documents it, and the fields that the error should have. */
const documented: Record<
  ProviderName,
  { body: object; requestIdHeader: string; fields: object; redactedPath: string }
> = {
  twilio: {
    body: {
      code: 20001,
      message: 'What the provider says',
      more_info: 'https://www.twilio.com/docs/errors/20001',
      status: 400,
    },
    requestIdHeader: 'Twilio-Request-Id',
    fields: { code: 20001, details: { more_info: 'https://www.twilio.com/docs/errors/20001' } },
    redactedPath: '/v1/ParticipantConversations?Address=***&PageSize=3&Page=1&PageToken=***',
  },
  bird: {
    body: {
      code: 'InvalidPayload',
      message: 'What the provider says',
      details: { '.limit': ['limit is not valid'] },
    },
    requestIdHeader: 'X-Request-Id',
    fields: { code: 'InvalidPayload', details: { '.limit': ['limit is not valid'] } },
    redactedPath: `/workspaces/${BIRD.workspaceId}/participants/phonenumber/***/conversations?channelId=${BIRD.channelId}&limit=3&pageToken=***`,
  },
}

const statuses = [
  {
    status: 400,
    errorClass: InvalidRequestError,
    name: 'InvalidRequestError',
    requests: 1,
    advice: /Check /,
  },
  {
    status: 401,
    errorClass: AuthenticationError,
    name: 'AuthenticationError',
    requests: 1,
    advice: /Check /,
  },
  { status: 403, errorClass: PermissionError, name: 'PermissionError', requests: 1, advice: /permissions/ },
  { status: 404, errorClass: NotFoundError, name: 'NotFoundError', requests: 1, advice: /Check / },
  { status: 408, errorClass: ApiError, name: 'ApiError', requests: 2, advice: /continue from the cursor/ },
  {
    status: 409,
    errorClass: InvalidRequestError,
    name: 'InvalidRequestError',
    requests: 1,
    advice: /Check /,
  },
  { status: 418, errorClass: ApiError, name: 'ApiError', requests: 1, advice: /Check / },
  {
    status: 422,
    errorClass: InvalidRequestError,
    name: 'InvalidRequestError',
    requests: 1,
    advice: /Check /,
  },
  {
    status: 429,
    errorClass: RateLimitError,
    name: 'RateLimitError',
    requests: 2,
    advice: /Send fewer requests at once/,
  },
  { status: 500, errorClass: ServerError, name: 'ServerError', requests: 2, advice: /Wait a while/ },
  { status: 501, errorClass: ServerError, name: 'ServerError', requests: 1, advice: /Wait a while/ },
  { status: 502, errorClass: ServerError, name: 'ServerError', requests: 2, advice: /Wait a while/ },
  { status: 503, errorClass: ServerError, name: 'ServerError', requests: 2, advice: /Wait a while/ },
  { status: 504, errorClass: ServerError, name: 'ServerError', requests: 2, advice: /Wait a while/ },
]

describe.each(matrix)('$provider over $transport: a response with the status', ({ provider, options }) => {
  let server: ScriptedServer
  const { body, requestIdHeader, fields, redactedPath } = documented[provider]
  const create = () => providers[provider]({ baseUrl: server.url, retry, ...options })

  beforeEach(async () => {
    server = await serve()
  })
  afterEach(() => server.close())

  it.each(statuses)(
    '$status is an error that says what happened, what to do and where to continue',
    async ({ status, errorClass, name, requests, advice }) => {
      server.misbehave(2, answer(status, body, { [requestIdHeader]: 'request-7' }))
      const { ids, error } = await listUntilError(list(create()))

      expect(error).toBeInstanceOf(errorClass)
      expect(error).toBeInstanceOf(ApiError)
      expect(error).toMatchObject({
        name,
        provider,
        status,
        ...fields,
        requestId: 'request-7',
        url: `${server.url}${redactedPath}`,
        attempts: requests,
        retryAfterMs: null,
      })
      expect(error.message).toContain(`returned ${status} for GET ${server.url}${redactedPath}`)
      expect(error.message).toContain('What the provider says')
      expect(error.message).toMatch(advice)
      expect(server.seen).toHaveLength(1 + requests)

      server.heal()
      const rest = idsOf(await list(create(), error.cursor ?? '').toArray())
      expect(ids).toHaveLength(3)
      expect([...ids, ...rest]).toEqual(idsOf(await list(create()).toArray()))
    },
  )

  it('502 without JSON, as proxies send it, is an error without a code', async () => {
    server.misbehave(1, answer(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' }))
    const { error } = await listUntilError(list(create()))
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({ status: 502, code: null, details: null, requestId: null, attempts: 2 })
    expect(error.message).not.toContain('html')
  })

  it('404 with a JSON body of another shape is an error without a code', async () => {
    server.misbehave(1, answer(404, { code: { nested: true }, message: ['no'] }))
    const { error } = await listUntilError(list(create()))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({ status: 404, code: null })
  })

  it('403 whose body breaks off is still a PermissionError', async () => {
    server.misbehave(1, (outgoing) => {
      outgoing.writeHead(403, { 'content-length': 1000 }).write('{"code": 2')
      setImmediate(() => outgoing.destroy())
    })
    const { error } = await listUntilError(list(create()))
    expect(error).toBeInstanceOf(PermissionError)
    expect(error).toMatchObject({ status: 403, code: null, attempts: 1 })
  })

  it('401 whose body is larger than the limit is still an AuthenticationError', async () => {
    server.misbehave(1, answer(401, 'x'.repeat(200_000)))
    const provider_ = providers[provider]({ baseUrl: server.url, retry, maxResponseBytes: 1000, ...options })
    const { error } = await listUntilError(list(provider_))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(server.seen).toHaveLength(1)
  })
})

describe("a provider's description of an error", () => {
  it("is read from the format of Twilio's newer products", async () => {
    await using server = await serve()
    const errors = [{ detail: 'is not one', pointer: '#/Address' }]
    server.misbehave(
      1,
      answer(400, {
        type: 'https://www.twilio.com/docs/errors/20001',
        title: 'Bad request',
        status: 400,
        code: 20001,
        detail: 'Address is not valid',
        errors,
      }),
    )
    const { error } = await listUntilError(list(providers.twilio({ baseUrl: server.url })))
    expect(error).toBeInstanceOf(InvalidRequestError)
    expect(error).toMatchObject({ status: 400, code: 20001, details: errors })
    expect(error.message).toContain('Address is not valid')
  })

  it.each([
    { status: 401, code: 20003, advice: /authToken.*apiKey.*region/ },
    { status: 403, code: 20403, advice: /suspended/ },
    { status: 403, code: 70051, advice: /account and the credentials .* permission to read conversations/ },
    { status: 403, code: 70051, advice: /^(?!.*API key).*OAuth/ },
    { status: 400, code: 50385, advice: /wrong region: check region and edge/ },
    { status: 404, code: 20404, advice: /serviceSid/ },
    { status: 400, code: 21481, advice: /omit the cursor to start from the beginning/ },
  ])("is accompanied by specific advice for Twilio's code $code", async ({ status, code, advice }) => {
    await using server = await serve()
    server.misbehave(1, answer(status, { code, message: 'No', more_info: '', status }))
    const { error } = await listUntilError(list(providers.twilio({ baseUrl: server.url })))
    expect(error).toMatchObject({ code })
    expect(error.message).toMatch(advice)
  })

  it("is accompanied, for a 401 from Bird, by a hint that keys of Bird's other two APIs do not work", async () => {
    await using server = await serve()
    server.misbehave(1, answer(401, { code: 'Unauthorized', message: 'No' }))
    const { error } = await listUntilError(list(providers.bird({ baseUrl: server.url })))
    expect(error.message).toMatch(/accessKey.*MessageBird.*platform/)
  })

  it('is quoted on one line, whatever its line breaks', async () => {
    await using server = await serve()
    server.misbehave(1, answer(400, { code: '2\n1', message: 'No.\r\n\n  forged: line\u2028 end.\n' }))
    const { error } = await listUntilError(list(providers.bird({ baseUrl: server.url })))
    expect(error.message).toContain(': No. forged: line end (code 2 1). Check ')
    expect(error.message).not.toMatch(/[\n\r\u2028]/)
  })

  it('is quoted in full up to 500 characters', async () => {
    await using server = await serve()
    const message = 'long '.repeat(99)
    server.misbehave(1, answer(400, { code: 20001, message }))
    const { error } = await listUntilError(list(providers.twilio({ baseUrl: server.url })))
    expect(error.message).toContain(message)
  })

  it('is truncated if it is very long', async () => {
    await using server = await serve()
    server.misbehave(1, answer(400, { code: 20001, message: 'long '.repeat(100_000) }))
    const { error } = await listUntilError(list(providers.twilio({ baseUrl: server.url })))
    expect(error).toBeInstanceOf(ConversationsError)
    expect(error.message.length).toBeLessThan(1000)
  })
})
