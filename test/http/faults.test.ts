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

/** An error of another realm, as in Jest and in vitest's `vmThreads`. */
function foreign(name: string, message: string, properties: object = {}): unknown {
  return Object.assign(runInNewContext(`new ${name}(${JSON.stringify(message)})`), properties)
}

/** A response whose head arrives and whose body fails. */
const brokenBody = (fault: unknown): Response =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(fault) }))

describe('a network fault is retried', () => {
  it.each([
    [
      'Bun’s, with a code and no cause',
      Object.assign(new TypeError('Unable to connect'), { code: 'ECONNREFUSED' }),
    ],
    ['Bun’s for a reset', Object.assign(new TypeError('The socket was closed'), { code: 'ECONNRESET' })],
    [
      'Bun’s code of its own',
      Object.assign(new TypeError('Unable to connect'), { code: 'ConnectionRefused' }),
    ],
    ['Deno’s', new TypeError('error sending request for url (http://127.0.0.1:1/)')],
    ['of another realm', foreign('TypeError', 'fetch failed')],
    [
      'of another realm, with a cause',
      foreign('TypeError', 'x', { cause: foreign('Error', 'ECONNREFUSED') }),
    ],
  ])('%s', async (_, fault) => {
    const { fetch, calls } = failing(() => Promise.reject(fault))
    expect((await listWithWaits({ fetch })).items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
  })

  it.each([
    ['Deno’s for a cut body', new TypeError('error reading a body from connection')],
    ['Deno’s for broken gzip', new TypeError('error decoding response body')],
    ['any other', new TypeError('cut')],
  ])('after the head of the response: %s', async (_, fault) => {
    const { fetch, calls } = failing(() => brokenBody(fault))
    expect((await listWithWaits({ fetch })).items).toHaveLength(COUNT)
    expect(calls()).toBe(1 + 3)
  })

  it('and its error names the cause, of whatever realm it is', async () => {
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

describe('a mistake is not retried', () => {
  it.each([
    [
      'a TypeError of another realm',
      foreign('TypeError', "Cannot read properties of undefined (reading 'x')"),
    ],
    ['a ReferenceError of another realm', foreign('ReferenceError', 'x is not defined')],
    [
      'a TypeError with a code of Node’s',
      Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }),
    ],
  ])('%s', async (_, fault) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(calls()).toBe(1)
  })
})

describe('a request that a mock does not expect fails at once, in the mock’s words', () => {
  const notMatched = Object.assign(
    new Error(
      "Mock dispatch not matched for path '/x': subsequent request to origin https://a.example was not allowed",
    ),
    { name: 'MockNotMatchedError', code: 'UND_MOCK_ERR_MOCK_NOT_MATCHED' },
  )
  // nock's is no Error by its tag.
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
  ])('%s', async (_, fault: Error) => {
    const { fetch, calls } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    const { message: words } = (fault.cause as Error | undefined) ?? fault
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error).toMatchObject({ message: expect.stringContaining(`is not mocked: ${words}`) })
    expect(calls()).toBe(1)
  })

  it('but without the credentials that nock prints', async () => {
    const basic = btoa(`${TWILIO.accountSid}:${TWILIO.authToken}`)
    const fault = new Error(`Nock: No match for request {"headers": {"authorization": "Basic ${basic}"}}`)
    const { fetch } = failing(...always(() => Promise.reject(fault)))
    const { error } = await listWithWaits({ fetch })
    expect(leaks([basic, TWILIO.authToken], error)).toEqual([])
  })
})

describe('a certificate that is not trusted is not retried, and the error says what to do', () => {
  const withCode = (message: string, code: string): Error =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
  it.each([
    ['self-signed', withCode('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN')],
    [
      'without its chain',
      withCode('unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    ],
    ['expired', withCode('certificate has expired', 'CERT_HAS_EXPIRED')],
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
})
