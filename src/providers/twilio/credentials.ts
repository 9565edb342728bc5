import { type Authorization, basic, bearer, clientCredentials, readEnvironment } from '../../adapter.ts'

/** The options that name the account and authenticate. */
export interface TwilioCredentials {
  /** The account SID (`AC…`). Default: the environment variable `TWILIO_ACCOUNT_SID`. */
  accountSid?: string | undefined
  /** The account's auth token. Default: `TWILIO_AUTH_TOKEN`, unless an API key is set. */
  authToken?: string | undefined
  /** The SID of an API key (`SK…`). Default: `TWILIO_API_KEY`. */
  apiKey?: string | undefined
  /** The secret of the API key. Default: `TWILIO_API_SECRET`. */
  apiSecret?: string | undefined
  /**
   * The id of an OAuth application. The object that `twilio()` returns requests the token, keeps it and renews it: create it
   * once and share it.
   */
  clientId?: string | undefined
  /** The secret of the OAuth application. */
  clientSecret?: string | undefined
  /** The URL that issues OAuth tokens. Default: `https://oauth.twilio.com/v2/token`. */
  tokenUrl?: string | undefined
  /**
   * A bearer token, or a function that returns one. It is called before each request, and once more after a 401. Pass
   * `accountSid` with it to bind cursors to the account, and to refuse conversations of any other.
   */
  accessToken?: string | (() => string | Promise<string>) | undefined
}

type Method = readonly (keyof TwilioCredentials)[]

const AUTH_TOKEN: Method = ['authToken']
const API_KEY: Method = ['apiKey', 'apiSecret']
const OAUTH_CLIENT: Method = ['clientId', 'clientSecret']
const ACCESS_TOKEN: Method = ['accessToken']

/** The methods of authentication, each with the options that no other method has. */
const METHODS = [AUTH_TOKEN, API_KEY, OAUTH_CLIENT, ACCESS_TOKEN]

/** Options that keep the environment from being read if one of them is passed. */
export const CREDENTIALS: Method = ['accountSid', ...METHODS.flat()]

export const VARIABLES = {
  accountSid: 'TWILIO_ACCOUNT_SID',
  authToken: 'TWILIO_AUTH_TOKEN',
  apiKey: 'TWILIO_API_KEY',
  apiSecret: 'TWILIO_API_SECRET',
}

/** Twilio calls them the SID and the secret of an API key. */
export const VARIABLE_ALIASES = {
  TWILIO_API_KEY_SID: VARIABLES.apiKey,
  TWILIO_API_KEY_SECRET: VARIABLES.apiSecret,
}

/** The account from the environment with its API key, or else with its auth token. */
export function environmentCredentials(): TwilioCredentials {
  const { accountSid, authToken, apiKey, apiSecret } = readEnvironment(VARIABLES)
  const isKeyComplete = apiKey !== undefined && apiSecret !== undefined
  return authToken === undefined || isKeyComplete
    ? { accountSid, apiKey, apiSecret }
    : { accountSid, authToken }
}

/** Whether an option is passed, rather than inherited from `Object.prototype`. */
export function isPassed<T extends object>(options: T, option: keyof T): boolean {
  return Object.hasOwn(options, option) && options[option] !== undefined
}

/** What is wrong with several options together, as an issue of zod for one of them. */
export interface OptionsProblem {
  readonly option: string
  readonly message: string
  readonly params?: { readonly isComplete: boolean }
}

/** What is wrong with the credentials as a whole. */
export function* credentialProblems(options: TwilioCredentials): Generator<OptionsProblem> {
  const isGiven = (option: keyof TwilioCredentials): boolean => isPassed(options, option)
  const [method = AUTH_TOKEN, ...others] = METHODS.filter((each) => each.some(isGiven))
  const [first = 'authToken'] = method.filter(isGiven)
  if (others.length > 0) {
    const rest = others.flat().filter(isGiven).join(' and ')
    const message = `cannot be combined with ${rest}: use one method of authentication`
    yield { option: first, message, params: { isComplete: true } }
    return
  }
  if (isGiven('tokenUrl') && method !== OAUTH_CLIENT) {
    const message = 'is for OAuth: pass clientId and clientSecret with it'
    yield { option: 'tokenUrl', message, params: { isComplete: true } }
  }
  const needsAccount = method === AUTH_TOKEN || method === API_KEY
  for (const option of [...(needsAccount ? (['accountSid'] as const) : []), ...method]) {
    if (!isGiven(option)) yield { option, message: 'must be passed' }
  }
}

/** What to do about a missing option. */
export function credentialHints(isAnyPassed: boolean): Readonly<Record<string, string>> {
  const hints = Object.entries(VARIABLES).map(([option, variable]) => {
    const otherwise = option === 'authToken' ? ', or pass apiKey and apiSecret' : ''
    return isAnyPassed
      ? [
          option,
          `pass it too${otherwise}. Account and credentials come together: ${variable} is read only if none of them is passed`,
        ]
      : [option, `pass it, or set the environment variable ${variable}${otherwise}`]
  })
  return { ...Object.fromEntries(hints), clientId: 'pass it too', clientSecret: 'pass it too' }
}

/** The authorization for valid credentials. */
export function authorizationOf({
  accountSid = '',
  authToken,
  apiKey = '',
  apiSecret,
  clientId = '',
  clientSecret = '',
  accessToken,
  tokenUrl = 'https://oauth.twilio.com/v2/token',
}: TwilioCredentials): Authorization {
  if (authToken !== undefined) return basic(accountSid, authToken)
  if (apiSecret !== undefined) return basic(apiKey, apiSecret)
  if (typeof accessToken === 'string') return bearer(accessToken)
  // The caller's function receives no arguments.
  if (accessToken !== undefined) return bearer(() => accessToken())
  return clientCredentials({ tokenUrl, clientId, clientSecret })
}
