import {
  basicCredential,
  bearerCredential,
  clientCredential,
  issuedCredential,
  issueTokenFor,
} from './credentials.ts'
import { readAuthorization } from './http.ts'

/**
 * The account that a stand-in plays, and its credentials: at least one of the forms that `twilio()` has. Each one that is
 * set here is accepted.
 */
export interface TwilioStandInCredentials {
  /** The account, `AC…`. */
  accountSid: string
  /** Accepted with `accountSid`, as Basic authentication. */
  authToken?: string | undefined
  /** Accepted with `apiSecret`, as Basic authentication. */
  apiKey?: string | undefined
  /** The secret of `apiKey`. */
  apiSecret?: string | undefined
  /** Accepted with `clientSecret` by `POST /v2/token`, which issues bearer tokens. */
  clientId?: string | undefined
  /** The secret of `clientId`. */
  clientSecret?: string | undefined
  /** Accepted as a bearer token, which never expires. */
  accessToken?: string | undefined
  /**
   * How long an issued bearer token is valid, in seconds, by `Date.now()`.
   *
   * @default 3600
   */
  accessTokenTtlSeconds?: number | undefined
}

interface IssuedToken {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
}

interface Refusal {
  status: number
  code: number
  problem: string
}

interface TwilioAuth {
  /** Everything that requests of this account authenticate with; see `credentials.ts`. */
  readonly credentials: ReadonlySet<string>
  accepts(headers: Headers): boolean
  /** Handles `POST /v2/token`. */
  issueToken(request: Request): Promise<IssuedToken | Refusal>
}

export function createTwilioAuth(options: TwilioStandInCredentials): TwilioAuth {
  const { accountSid, authToken, apiKey, apiSecret, clientId, clientSecret, accessToken } = options
  const lifetime = options.accessTokenTtlSeconds ?? 3600
  const expiries = new Map<string, number>()
  const accepted = new Set<string>()
  if (authToken !== undefined) accepted.add(basicCredential(accountSid, authToken))
  if (apiKey !== undefined && apiSecret !== undefined) accepted.add(basicCredential(apiKey, apiSecret))
  if (accessToken !== undefined) accepted.add(bearerCredential(accessToken))
  const ofClient = clientId === undefined ? [] : [clientCredential(clientId), issuedCredential(accountSid)]

  return {
    credentials: new Set([...accepted, ...ofClient]),

    accepts(headers) {
      const { scheme, credentials } = readAuthorization(headers)
      if (accepted.has(`${scheme} ${credentials}`)) return true
      return scheme === 'bearer' && Date.now() < (expiries.get(credentials) ?? 0)
    },

    async issueToken(request) {
      const contentType = request.headers.get('content-type') ?? ''
      if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
        return { status: 400, code: 20001, problem: 'The body must be a form' }
      }
      const form = new URLSearchParams(await request.text())
      if (form.get('grant_type') !== 'client_credentials') {
        return { status: 400, code: 20001, problem: 'grant_type must be client_credentials' }
      }
      const known = clientId !== undefined && clientSecret !== undefined
      if (!known || form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
        return { status: 401, code: 20003, problem: 'Authenticate' }
      }
      const token = issueTokenFor(accountSid)
      expiries.set(token, Date.now() + lifetime * 1000)
      return { access_token: token, token_type: 'Bearer', expires_in: lifetime }
    },
  }
}
