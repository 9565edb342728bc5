import { AuthenticationError, ConversationsError } from '../model/errors.ts'
import type { Signal } from '../model/platform-types.ts'
import { describeWhitespace } from '../options/describe-value.ts'
import { isCredential } from '../options/schemas.ts'
import type { Call } from './call.ts'
import type { JsonClient } from './client.ts'

/** Where credentials go: a header, optionally after a scheme such as `Bearer`, or a query parameter. */
export type CredentialsPlace =
  | {
      /** The name of the header. */
      readonly header: string
      /** What precedes the credentials, with a space in between. Default: nothing. */
      readonly scheme?: string | undefined
      readonly query?: undefined
    }
  | {
      /** The name of the query parameter. */
      readonly query: string
      readonly header?: undefined
    }

/** How requests authenticate. */
export interface Authorization {
  /** Where the credentials go. */
  readonly place: CredentialsPlace
  /**
   * The credentials, in visible ASCII, or a function that is called before each request, and once more after a 401. null if
   * the API needs none.
   */
  readonly credentials: string | CredentialsSource | null
  /** The option that the credentials come from, for error messages. Default: `accessToken`. */
  readonly option?: string | undefined
  /** What must never be shown, besides the credentials themselves. */
  readonly secrets?: readonly string[] | undefined
  /** The URL of the server that issues the credentials, if there is one. It is checked like `baseUrl`. */
  readonly tokenUrl?: string | undefined
}

/** Returns credentials. After a 401 it may return new ones; if it returns the same, the request fails. */
export type CredentialsSource = (request: CredentialsRequest) => string | Promise<string>

/** What a function that returns credentials receives. */
export interface CredentialsRequest {
  /** The adapter's name, for errors. */
  readonly provider: string
  /** The credentials that the provider has just refused; undefined before the first attempt. */
  readonly refused: string | undefined
  /** Aborted as soon as nothing needs the credentials anymore. */
  readonly signal: Signal
  /** The call that needs the credentials. */
  readonly call: Call
  /** Sends a request for JSON with the adapter's HTTP options: time limit, retries, transport. */
  readonly requestJson: JsonClient
}

/**
 * A bearer token, or a function that returns one.
 *
 * @example
 * const authorization = bearer(options.accessToken)
 */
export function bearer(token: string | CredentialsSource): Authorization {
  return { place: inHeader('Bearer'), credentials: token }
}

/**
 * A key, or a function that returns one, in a header or a query parameter: `{ header: 'x-api-key' }`,
 * `{ header: 'authorization', scheme: 'AccessKey' }` or `{ query: 'api_key' }`.
 *
 * @example
 * const authorization = apiKey('a-key', { header: 'x-api-key' })
 */
export function apiKey(key: string | CredentialsSource, place: CredentialsPlace): Authorization {
  return { place, credentials: key, option: 'apiKey' }
}

/**
 * No credentials, for an API on a private network.
 *
 * @example
 * const authorization = none()
 */
export function none(): Authorization {
  return { place: inHeader(), credentials: null }
}

/** The header that HTTP has for credentials. */
export function inHeader(scheme?: string): CredentialsPlace {
  return { header: 'authorization', scheme }
}

/**
 * HTTP Basic: a user name and a password, or an API key and its secret.
 *
 * @example
 * const authorization = basic(accountSid, authToken)
 */
export function basic(username: string, password: string): Authorization {
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)))
  return { place: inHeader('Basic'), credentials: encoded, secrets: [password] }
}

/** What a request sends to authenticate. */
export interface RequestCredentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** What must not be shown. */
  readonly secrets: readonly string[]
}

/** Sends a request with credentials, and once more if they are refused and the source has new ones. */
export type Authorize = <T>(
  signal: AbortSignal,
  call: Call,
  send: (credentials: RequestCredentials) => Promise<T>,
) => Promise<T>

export function createAuthorizer(
  { place, credentials: source, option = 'accessToken', secrets = [] }: Authorization,
  provider: string,
  requestJson: JsonClient,
): Authorize {
  const placed = (credentials: string): RequestCredentials => ({
    headers:
      place.header === undefined ? {} : { [place.header.toLowerCase()]: withScheme(credentials, place) },
    query: place.query === undefined ? {} : { [place.query]: credentials },
    secrets: [credentials, ...secrets],
  })
  if (typeof source !== 'function') {
    const fixed = source === null ? { headers: {}, query: {}, secrets } : placed(source)
    return (_signal, _call, send) => send(fixed)
  }
  return async (signal, call, send) => {
    const get = (refused?: string): Promise<string> =>
      askSource(source, { provider, refused, signal, call, requestJson }, option)
    const credentials = await get()
    try {
      return await send(placed(credentials))
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error
      const renewed = await get(credentials)
      if (renewed === credentials) throw error
      return send(placed(renewed))
    }
  }
}

function withScheme(credentials: string, { scheme }: { readonly scheme?: string | undefined }): string {
  return scheme === undefined ? credentials : `${scheme} ${credentials}`
}

async function askSource(
  source: CredentialsSource,
  request: CredentialsRequest,
  option: string,
): Promise<string> {
  const { provider } = request
  let credentials: unknown
  try {
    credentials = await source(request)
  } catch (cause) {
    if (request.signal.aborted || cause instanceof ConversationsError) throw cause
    const message = `${provider}(): ${option}() threw an error (see cause)`
    throw new ConversationsError(message, { provider, cause })
  }
  if (isCredential(credentials)) return credentials
  const whitespace = describeWhitespace(credentials)
  const message = `${provider}(): ${option}() must return a string of visible ASCII characters, or a promise of one${whitespace && `; what it returned ${whitespace}`}`
  throw new ConversationsError(message, { provider })
}
