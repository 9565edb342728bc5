import { secret } from '../../check.ts'
import { AuthenticationError, ConversationsError, ResponseValidationError } from '../../errors.ts'
import { createJsonClient } from '../../http/client.ts'
import type { HttpProfile } from '../../http/profile.ts'
import { record } from '../../wire.ts'
import type { TwilioSettings } from './options.ts'

/** What a request sends to say who asks. */
export interface Authorization {
  readonly header: string
  /** Whatever must not be shown. */
  readonly secrets: readonly string[]
}

/** Runs a request with an authorization, and once more with a new one where the first is refused and can be renewed. */
export type Authorize = <T>(
  send: (authorization: Authorization, attemptsBefore: number) => Promise<T>,
) => Promise<T>

export function createAuthorizer(settings: TwilioSettings, profile: HttpProfile): Authorize {
  const { accountSid, authToken, apiKey, apiSecret, accessToken } = settings.credentials
  if (authToken !== undefined) return fixed(basic(accountSid, authToken))
  if (apiSecret !== undefined) return fixed(basic(apiKey, apiSecret))
  if (typeof accessToken === 'string') return fixed(bearer(accessToken))
  if (accessToken !== undefined) return renewable(() => askCaller(accessToken))
  return renewable(createTokenCache(() => fetchToken(settings, profile)))
}

function basic(username: string | undefined, password: string): Authorization {
  const encoded = btoa(`${username}:${password}`)
  return { header: `Basic ${encoded}`, secrets: [password, encoded] }
}

function bearer(token: string): Authorization {
  return { header: `Bearer ${token}`, secrets: [token] }
}

function fixed(authorization: Authorization): Authorize {
  return (send) => send(authorization, 0)
}

/** Resolves with a token, and with another one in the place of one that was refused, if there is another. */
type TokenSource = (refused?: string) => Promise<string>

function renewable(getToken: TokenSource): Authorize {
  return async (send) => {
    const token = await getToken()
    try {
      return await send(bearer(token), 0)
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error
      const renewed = await getToken(token)
      if (renewed === token) throw error
      return send(bearer(renewed), error.attempts)
    }
  }
}

async function askCaller(accessToken: () => string | Promise<string>): Promise<string> {
  let token: unknown
  try {
    token = await accessToken()
  } catch (cause) {
    throw new ConversationsError('twilio(): accessToken() threw an error, which is the cause of this one', {
      provider: 'twilio',
      cause,
    })
  }
  if (isToken(token)) return token
  throw new ConversationsError(
    'twilio(): accessToken() must resolve with a string of visible ASCII characters',
    { provider: 'twilio' },
  )
}

interface Token {
  readonly value: string
  readonly expiresAt: number
}

/** A token is not used in its last minute, or in the last tenth of a short life: it has to arrive while it is valid. */
const SAFETY_MS = 60_000

/** Keeps a token until shortly before it ends. Those who ask while it is fetched share one request. */
function createTokenCache(fetchNew: () => Promise<Token>): TokenSource {
  let kept: Token | null = null
  let fetching: Promise<Token> | null = null

  return async (refused) => {
    if (kept?.value === refused) kept = null
    if (kept !== null && Date.now() < kept.expiresAt) return kept.value
    fetching ??= fetchNew().finally(() => {
      fetching = null
    })
    kept = await fetching
    return kept.value
  }
}

/**
 * The client-credentials grant of https://www.twilio.com/docs/iam/oauth-apps. It does not follow the signal of the
 * listing that happens to need it first: others wait for the same token.
 */
async function fetchToken(
  { credentials, tokenUrl, http }: TwilioSettings,
  profile: HttpProfile,
): Promise<Token> {
  const { clientId = '', clientSecret = '' } = credentials
  // The caller's own headers are for the configured origin, which this is not.
  const request = createJsonClient({ ...http, headers: {} }, profile)
  const { body } = await request({
    method: 'POST',
    url: tokenUrl,
    redactedUrl: () => tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    }).toString(),
    // As it is, and as the form spells it.
    secrets: [clientSecret, new URLSearchParams({ '': clientSecret }).toString().slice(1)],
    signal: new AbortController().signal,
  })
  const { access_token: value, expires_in: seconds } = record(body) ?? {}
  if (!isToken(value) || typeof seconds !== 'number' || !(seconds > 0)) {
    throw new ResponseValidationError(
      `Twilio answered POST ${tokenUrl} without an access_token and its expires_in. Check tokenUrl.`,
      { provider: 'twilio' },
    )
  }
  const lifetimeMs = seconds * 1000
  return { value, expiresAt: Date.now() + lifetimeMs - Math.min(SAFETY_MS, lifetimeMs / 10) }
}

/** A token as it can stand in a header. */
function isToken(value: unknown): value is string {
  return secret[1](value)
}
