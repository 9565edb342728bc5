import * as z from 'zod/mini'
import { ResponseValidationError } from '../model/errors.ts'
import { recordOrNull, textOrNull } from '../model/read.ts'
import { credential } from '../options/schemas.ts'
import type { ApiProfile } from './api-profile.ts'
import { type Authorization, type CredentialsRequest, inHeader } from './authorization.ts'
import { type Call, createCall } from './call.ts'

/** The OAuth client, and the URL that issues its tokens. */
export interface ClientCredentialsOptions {
  /** The URL that issues the tokens; `https`. */
  readonly tokenUrl: string
  /** The id of the OAuth client. */
  readonly clientId: string
  /** The secret of the OAuth client. It is sent to `tokenUrl` only. */
  readonly clientSecret: string
}

interface Token {
  readonly value: string
  readonly expiresAt: number
}

/** A token is not used in its last minute, or last tenth if that is shorter: it must still be valid when it arrives. */
const SAFETY_MS = 60_000

/**
 * OAuth 2.0 with the client credentials grant (RFC 6749, section 4.4). The token is requested once for all
 * listings that need it, kept until shortly before it expires, and renewed after a 401.
 *
 * @example
 * const authorization = clientCredentials({
 *   tokenUrl: 'https://auth.example.com/oauth/token',
 *   clientId: 'client-1',
 *   clientSecret: 'a-secret',
 * })
 */
export function clientCredentials(options: ClientCredentialsOptions): Authorization {
  let kept: Token | null = null
  const requestToken = shared((request) => fetchToken(options, request))

  return {
    place: inHeader('Bearer'),
    secrets: [options.clientSecret],
    tokenUrl: options.tokenUrl,
    async credentials(request) {
      if (kept?.value === request.refused) kept = null
      if (kept !== null && Date.now() < kept.expiresAt) return kept.value
      kept = await requestToken(request)
      return kept.value
    },
  }
}

/** The profile of a token server: errors as in RFC 6749, section 5.2, or else as the API reports them. */
export function tokenProfile(profile: ApiProfile): ApiProfile {
  return {
    ...profile,
    readError(body, response) {
      const { error, error_description } = recordOrNull(body) ?? {}
      const code = textOrNull(error)
      return code === null
        ? profile.readError(body, response)
        : { code, message: textOrNull(error_description) }
    },
    errorStatus: undefined,
    hostOptions: ['tokenUrl'],
    advice: { 400: 'Check clientId, clientSecret and tokenUrl.', ...profile.advice },
  }
}

/** Overlapping callers share one call, which is aborted when none of them waits for it anymore. */
function shared<T>(
  work: (request: CredentialsRequest) => Promise<T>,
): (request: CredentialsRequest) => Promise<T> {
  let current: {
    readonly promise: Promise<T>
    readonly controller: AbortController
    readonly call: Call
    waiting: number
  } | null = null

  return async (request) => {
    if (current === null) {
      const controller = new AbortController()
      const call = createCall()
      const promise = work({ ...request, signal: controller.signal, call })
      current = { promise, controller, call, waiting: 0 }
    }
    const joined = current
    const end = (): void => {
      if (current === joined) current = null
    }
    const leave = (): void => {
      joined.waiting -= 1
      if (joined.waiting > 0) return
      end()
      joined.controller.abort()
    }
    joined.waiting += 1
    request.signal.addEventListener('abort', leave)
    try {
      return await joined.promise
    } catch (error) {
      request.call.lastAttempt = joined.call.lastAttempt
      throw error
    } finally {
      request.signal.removeEventListener('abort', leave)
      end()
    }
  }
}

const tokenResponse = z.object({
  access_token: credential,
  // RFC 6749 only recommends a lifetime, and some servers send a string.
  expires_in: z.nullish(z.custom<number | string>((value) => Number(value) > 0)),
})

async function fetchToken(
  { tokenUrl, clientId, clientSecret }: ClientCredentialsOptions,
  { provider, requestJson, signal, call }: CredentialsRequest,
): Promise<Token> {
  const form = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }
  const { body } = await requestJson({
    method: 'POST',
    url: tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    // Plain, and as the form encodes it.
    secrets: [clientSecret, new URLSearchParams({ '': clientSecret }).toString().slice(1)],
    signal,
    call,
  })
  const { success, data } = z.safeParse(tokenResponse, body)
  if (!success) {
    throw new ResponseValidationError(
      `The response to POST ${tokenUrl} has no valid access_token and expires_in.`,
      { provider, advice: 'Check tokenUrl.' },
    )
  }
  const lifetimeMs = Number(data.expires_in ?? Number.POSITIVE_INFINITY) * 1000
  return {
    value: data.access_token,
    expiresAt: Date.now() + lifetimeMs - Math.min(SAFETY_MS, lifetimeMs / 10),
  }
}
