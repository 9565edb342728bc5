import { ConnectionError } from '../../../src/index.ts'
import { type Parts, parts } from './adapter.ts'
import { findsFaults, type Mutant } from './harness.ts'
import type { Sent } from './http.ts'

const secrets = 'shows no secret in an error, in itself or in a cursor'
const key = 'a-secret-key'
const url = `https://example.com/?key=${key}`

/** Adds a property to each error for a status. */
const holds = (what: string, property: (sent: Sent) => unknown): Mutant => [
  `has ${what} in its errors`,
  { errorOf: (status, sent) => Object.assign(parts.errorOf(status, sent), { held: property(sent) }) },
  secrets,
  /the error for the status 401.*contains one of the secrets$/,
]

const shows = (what: string, change: (error: Error, sent: Sent) => unknown): Mutant => [
  `shows ${what} in its errors`,
  { errorOf: (status, sent) => change(parts.errorOf(status, sent), sent) as Error },
  secrets,
  /^example: .*the error for the status 401.* contains one of the secrets$/,
]

const withMore = (what: string, more: object): Mutant => [
  `shows ${what}`,
  { more },
  secrets,
  /^example: .*provider.* contains one of the secrets$/,
]

const connectionError = (change: (cause: unknown, sent: Sent) => object): Partial<Parts> => ({
  connectionError: (cause, sent) =>
    Object.assign(
      new ConnectionError('no', { provider: 'example', url: 'https://example.com/', attempts: 1 }),
      change(cause, sent),
    ),
})

class Client {
  readonly #key: string
  constructor(secret: string) {
    this.#key = secret
  }
  get authorization(): string {
    return this.#key
  }
}

class Shown {
  readonly #key: string
  constructor(secret: string) {
    this.#key = secret
  }
  toJSON(): string {
    return this.#key
  }
}

findsFaults([
  holds('a Headers', () => new Headers({ authorization: `Bearer ${key}` })),
  holds('a Request', () => new Request('https://example.com', { headers: { 'x-key': key } })),
  holds('a Request with a URL', () => new Request(url)),
  holds('a URL', () => new URL(url)),
  holds('a URLSearchParams', () => new URLSearchParams({ key })),
  holds('a FormData', () => {
    const form = new FormData()
    form.set('key', key)
    return form
  }),
  holds('a Map', () => new Map([['authorization', key]])),
  holds('a Map with the key as a key', () => new Map([[key, true]])),
  holds('a Set', () => new Set([key])),
  holds('a Buffer', () => Buffer.from(key)),
  holds('a Uint8Array', () => new TextEncoder().encode(key)),
  holds('an ArrayBuffer', () => new TextEncoder().encode(key).buffer),
  holds('a property with the key as its name', () => ({ [key]: true })),
  holds('a symbol with the key as its name', () => ({ [Symbol(key)]: true })),
  holds('an accessor', () => new Client(key)),
  holds('a toJSON()', () => new Shown(key)),
  holds('a list', () => [['authorization', key]]),
  holds('a property that is not enumerable', () => Object.defineProperty({}, 'key', { value: key })),
  holds('an error in an error', () => new Error('no', { cause: new Error(key) })),
  holds('base64', () => Buffer.from(`jo:${key}`).toString('base64')),
  holds('base64url', () => Buffer.from(`jo:${key}`).toString('base64url')),
  holds('the body of the response', ({ body }) => body),
  shows('its key', (error) => Object.assign(error, { message: `no: ${key}` })),
  shows('the participant', (error) => Object.assign(error, { message: `${error.message}: contact-1` })),
  shows('the URL', (error, sent) => Object.assign(error, { url: sent.url })),
  shows('the page token', (error, sent) =>
    Object.assign(error, { url: `?after=${new URL(sent.url).searchParams.get('after')}` }),
  ),
  shows('the page token in base64', (error, sent) =>
    Object.assign(error, { held: btoa(`after ${new URL(sent.url).searchParams.get('after')}`) }),
  ),
  shows('its key in the stack', (error) => Object.assign(error, { stack: `at send (${url})` })),
  shows('its key in the cause', (error) => Object.assign(error, { cause: new Error(key) })),
  shows('its key in the details', (error) => Object.assign(error, { details: [{ sent: key }] })),
  [
    'keeps the cause of a broken connection',
    connectionError((cause) => ({ cause })),
    secrets,
    /the error for a connection that breaks.cause\S* contains one of the secrets$/,
  ],
  [
    'shows the message of a broken connection',
    connectionError((cause) => ({ message: cause instanceof Error ? cause.message : '' })),
    secrets,
    /the error for a connection that breaks\S* contains one of the secrets$/,
  ],
  [
    'shows the URL when a body breaks off',
    {
      read: async (response) => {
        try {
          return await response.text()
        } catch {
          throw new Error('broken off')
        }
      },
      ...connectionError((cause, sent) =>
        cause instanceof Error && cause.message === 'broken off' ? { url: sent.url } : {},
      ),
    },
    secrets,
    /the error for a body that breaks off.url contains one of the secrets$/,
  ],
  [
    'shows the URL to hooks',
    {
      tell: ({ hooks }, sent) =>
        hooks?.onRequest?.({
          provider: 'example',
          url: sent,
          method: 'GET',
          attempt: 1,
          callId: '1',
          listingId: null,
        }),
    },
    secrets,
    /what hooks are told about the status 401\[0\].url contains one of the secrets$/,
  ],
  withMore('its key', { apiKey: key }),
  withMore('its key behind an accessor', {
    client: new Client(key),
  }),
  withMore('its key in a Map', { headers: new Map([['authorization', key]]) }),
  withMore('its key in its scope', { scope: key }),
])
