import { type Authorization, basic, bearer, clientCredentials, readEnvironment } from '../../adapter.ts'
import type { TwilioOptions } from './options.ts'

/** The options that make up the credentials. */
export type Credentials = Pick<
  TwilioOptions,
  | 'accountSid'
  | 'authToken'
  | 'apiKey'
  | 'apiSecret'
  | 'clientId'
  | 'clientSecret'
  | 'tokenUrl'
  | 'accessToken'
>

type Way = readonly (keyof Credentials)[]

const AUTH_TOKEN: Way = ['authToken']
const API_KEY: Way = ['apiKey', 'apiSecret']
const OAUTH_CLIENT: Way = ['clientId', 'clientSecret']
const ACCESS_TOKEN: Way = ['accessToken']

/** The ways to authenticate, each with the options that no other way has. */
const WAYS = [AUTH_TOKEN, API_KEY, OAUTH_CLIENT, ACCESS_TOKEN]

/** Options that keep the environment from being read if one of them is passed. */
export const CREDENTIALS: Way = ['accountSid', ...WAYS.flat()]

export const VARIABLES = {
  accountSid: 'TWILIO_ACCOUNT_SID',
  authToken: 'TWILIO_AUTH_TOKEN',
  apiKey: 'TWILIO_API_KEY',
  apiSecret: 'TWILIO_API_SECRET',
}

/** The account from the environment with its API key, or else with its auth token. */
export function environmentCredentials(): Credentials {
  const { accountSid, authToken, apiKey, apiSecret } = readEnvironment(VARIABLES)
  const isKeyComplete = apiKey !== undefined && apiSecret !== undefined
  return authToken === undefined || isKeyComplete
    ? { accountSid, apiKey, apiSecret }
    : { accountSid, authToken }
}

/** Whether an option is passed, rather than inherited from `Object.prototype`. */
export function isPassed(options: TwilioOptions, option: keyof TwilioOptions): boolean {
  return Object.hasOwn(options, option) && options[option] !== undefined
}

/** What is wrong with the credentials as a whole. */
export function* credentialProblems(
  options: Credentials,
): Generator<{ option: keyof Credentials; message: string }> {
  const isGiven = (option: keyof Credentials): boolean => isPassed(options, option)
  const [way = AUTH_TOKEN, ...others] = WAYS.filter((each) => each.some(isGiven))
  const [first = 'authToken'] = way.filter(isGiven)
  if (others.length > 0) {
    const rest = others.flat().filter(isGiven).join(' and ')
    yield { option: first, message: `cannot be combined with ${rest}: use one way to authenticate` }
    return
  }
  if (isGiven('tokenUrl') && way !== OAUTH_CLIENT) {
    yield { option: 'tokenUrl', message: 'is for OAuth: pass clientId and clientSecret with it' }
  }
  const needsAccount = way === AUTH_TOKEN || way === API_KEY
  for (const option of [...(needsAccount ? (['accountSid'] as const) : []), ...way]) {
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
}: Credentials): Authorization {
  if (authToken !== undefined) return basic(accountSid, authToken)
  if (apiSecret !== undefined) return basic(apiKey, apiSecret)
  if (typeof accessToken === 'string') return bearer(accessToken)
  // The caller's function receives no arguments.
  if (accessToken !== undefined) return bearer(() => accessToken())
  return clientCredentials({ tokenUrl, clientId, clientSecret })
}
