import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConfigurationError, ConnectionError } from '../../src/index.ts'
import { always, COUNT, failing, leaks, listWithWaits, TWILIO } from '../support/http-server.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** An error from another realm, as in Jest and in vitest's `vmThreads`. */
function foreign(name: string, message: string, properties: object = {}): unknown {
  return Object.assign(runInNewContext(`new ${name}(${JSON.stringify(message)})`), properties)
}

/** A response whose headers arrive and whose body fails. */
const brokenBody = (fault: unknown): Response =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(fault) }))

describe('a network fault', () => {
  it.each([
    [
      'from Bun, with a code and no cause',
      Object.assign(new TypeError('Unable to connect'), { code: 'ECONNREFUSED' }),
    ],
    [
      'from Bun, for a reset connection',
      Object.assign(new TypeError('The socket was closed'), { code: 'ECONNRESET' }),
    ],
    [
      'from Bun, with a code that only Bun has',
      Object.assign(new TypeError('Unable to connect'), { code: 'ConnectionRefused' }),
    ],
    ['from Deno', new TypeError('error sending request for url (http://127.0.0.1:1/)')],
    ['from another realm', foreign('TypeError', 'fetch failed')],
    [
      'from another realm, with a cause',
      foreign('TypeError', 'x', { cause: foreign('Error', 'ECONNREFUSED') }),
    ],
  ])('is retried: %s', async (_, fault) => {
    const { fetch, calls } = failing(() => Promise.reject(fault))
    expect((await listWithWaits({ fetch })).items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
  })

  it.each([
    ['from Deno, for a truncated body', new TypeError('error reading a body from connection')],
    ['from Deno, for broken gzip', new TypeError('error decoding response body')],
    ['any other TypeError', new TypeError('cut')],
  ])('is retried after the response headers: %s', async (_, fault) => {
    const { fetch, calls } = failing(() => brokenBody(fault))
    expect((await listWithWaits({ fetch })).items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
  })

  it.each([
    // Node throws an AggregateError without a message if no address of a host answers.
    [Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new RangeError(''), 'RangeError'],
  ])('is told by its code or its name if it has no message: %s', async (cause, told) => {
    const { fetch } = failing(...always(() => Promise.reject(new TypeError('fetch failed', { cause }))))
    const { error } = await listWithWaits({ fetch, retry: { retries: 0 } })
    expect(error).toMatchObject({ message: expect.stringContaining(`: ${told}. Check the network`) })
  })

  it.each([
    [new TypeError('fetch failed', { cause: new Error('socket\n  closed\r\n') }), ': socket closed. Check'],
    [new ReferenceError('x is\nnot defined'), 'failed: x is not defined'],
    [new Error('[MSW] no handler for\n\n  • GET https://a.example/\n'), 'mocked: [MSW] no handler for • GET'],
  ])('is told on one line, and stays as it is in the cause: %s', async (fault, told) => {
    const { fetch } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch, retry: { retries: 0 } })
    expect(error).toMatchObject({ message: expect.stringContaining(told), cause: { message: fault.message } })
    expect(error).not.toMatchObject({ message: expect.stringMatching(/\n/) })
  })

  it('has its cause in the error, whatever realm that is from', async () => {
    const cause = foreign('Error', 'connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' })
    const fault = foreign('TypeError', 'fetch failed', { cause })
    const { fetch } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch, retry: { retries: 0 } })
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({
      message: expect.stringContaining('connect ECONNREFUSED 127.0.0.1:1'),
      cause: { name: 'TypeError', cause: { code: 'ECONNREFUSED' } },
    })
  })
})

describe('a programming error is not retried', () => {
  it.each([
    [
      'a TypeError from another realm',
      foreign('TypeError', "Cannot read properties of undefined (reading 'x')"),
    ],
    ['a ReferenceError from another realm', foreign('ReferenceError', 'x is not defined')],
    [
      'a TypeError with a Node.js error code',
      Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }),
    ],
  ])('%s', async (_, fault) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(calls()).toBe(1)
  })
})

describe('a request that a mock does not expect', () => {
  const notMatched = Object.assign(
    new Error(
      "Mock dispatch not matched for path '/x': subsequent request to origin https://a.example was not allowed",
    ),
    { name: 'MockNotMatchedError', code: 'UND_MOCK_ERR_MOCK_NOT_MATCHED' },
  )
  // nock's error does not have the tag of an Error.
  const notAllowed = Object.assign(Object.create(Error.prototype), {
    name: 'NetConnectNotAllowedError',
    message: 'Nock: Disallowed net connect for "api.bird.com:443/"',
    code: 'ENETUNREACH',
  })
  const unhandled = new Error(
    '[MSW] Cannot bypass a request when using the "error" strategy for the "onUnhandledFrame" option.',
  )
  it.each([
    ['MSW 2', unhandled],
    ['MSW 3', new TypeError('fetch failed', { cause: unhandled })],
    [
      'nock',
      Object.assign(new Error('Nock: No match for request {"method": "GET"}'), { code: 'ERR_NOCK_NO_MATCH' }),
    ],
    ['nock, with disableNetConnect()', notAllowed],
    ['fetch-mock', new Error('fetch-mock: No response or fallback rule to cover get to https://a.example/')],
    ['fetch-mock 9', new Error('No fallback response defined for GET to https://a.example/')],
    ['undici’s MockAgent', notMatched],
    ['undici’s MockAgent, through fetch', new TypeError('fetch failed', { cause: notMatched })],
  ])('fails at once with the message of the mock: %s', async (_, fault: Error) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    const { message: words } = (fault.cause as Error | undefined) ?? fault
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error).toMatchObject({ message: expect.stringContaining(`is not mocked: ${words}`) })
    expect(calls()).toBe(1)
  })

  it('fails without the credentials that nock prints', async () => {
    const basic = btoa(`${TWILIO.accountSid}:${TWILIO.authToken}`)
    const fault = new Error(`Nock: No match for request {"headers": {"authorization": "Basic ${basic}"}}`)
    const { fetch } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    expect(leaks([basic, TWILIO.authToken], error)).toEqual([])
  })
})

describe('an invalid certificate is not retried, and the error says what to do', () => {
  const withCode = (message: string, code: string): Error =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
  it.each([
    ['self-signed', withCode('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN')],
    [
      'without its chain',
      withCode('unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    ],
    [
      'on Bun',
      Object.assign(new TypeError('self signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    ],
    ['on Deno', new TypeError('error sending request: invalid peer certificate: UnknownIssuer')],
  ])('%s', async (_, fault) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ attempts: 1, message: expect.stringContaining('NODE_EXTRA_CA_CERTS') })
    expect(calls()).toBe(1)
  })

  it.each([
    ['expired', withCode('certificate has expired', 'CERT_HAS_EXPIRED')],
    [
      'of another host',
      withCode("Hostname/IP does not match certificate's altnames", 'ERR_TLS_CERT_ALTNAME_INVALID'),
    ],
    ['expired, on Deno', new TypeError('error sending request: invalid peer certificate: Expired')],
  ])('%s, which no CA file helps against', async (_, fault) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    expect(error).toMatchObject({
      name: 'ConnectionError',
      isRetryable: false,
      message: expect.stringContaining('Check baseUrl'),
    })
    expect(String(error)).not.toContain('NODE_EXTRA_CA_CERTS')
    expect(calls()).toBe(1)
  })

  it('unless only the name of the host says so', async () => {
    const fault = withCode('getaddrinfo ENOTFOUND certificate.invalid', 'ENOTFOUND')
    const { fetch, calls } = failing(() => Promise.reject(fault))
    const { error } = await listWithWaits({ fetch })
    expect(error).toBeNull()
    expect(calls()).toBeGreaterThan(1)
  })
})
