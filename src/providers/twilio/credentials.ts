import { environment } from '../../environment.ts'
import { ConfigurationError } from '../../errors.ts'
import type { TwilioOptions } from './options.ts'

/** One of the ways to authenticate, complete: the others are undefined. */
export type TwilioCredentials = Pick<
  TwilioOptions,
  'accountSid' | 'authToken' | 'apiKey' | 'apiSecret' | 'clientId' | 'clientSecret' | 'accessToken'
>

/** The ways to authenticate, by the options that are theirs alone. */
const WAYS = [['authToken'], ['apiKey', 'apiSecret'], ['clientId', 'clientSecret'], ['accessToken']] as const

const VARIABLES: Readonly<Record<string, string>> = {
  accountSid: 'TWILIO_ACCOUNT_SID',
  authToken: 'TWILIO_AUTH_TOKEN',
  apiKey: 'TWILIO_API_KEY',
  apiSecret: 'TWILIO_API_SECRET',
}

/**
 * Takes the one way that the options name, else one that the environment completes: an API key before the auth token.
 *
 * @throws ConfigurationError where two ways are named, or something is missing
 */
export function chooseCredentials(given: TwilioOptions): TwilioCredentials {
  const accountSid = given.accountSid ?? environment('TWILIO_ACCOUNT_SID')
  const named = WAYS.filter((way) => way.some((option) => given[option] !== undefined))
  if (named.length > 1) {
    throw failure(`${named.flat().join(', ')} are several ways to authenticate; give one of them`)
  }
  const [way] = named
  if (way?.[0] === 'accessToken') return { accountSid: given.accountSid, accessToken: given.accessToken }
  if (way?.[0] === 'clientId') {
    return {
      clientId: required('clientId', given.clientId),
      clientSecret: required('clientSecret', given.clientSecret),
    }
  }
  const apiKey = given.apiKey ?? environment('TWILIO_API_KEY')
  const apiSecret = given.apiSecret ?? environment('TWILIO_API_SECRET')
  const authToken = given.authToken ?? environment('TWILIO_AUTH_TOKEN')
  const hasKey = apiKey !== undefined && apiSecret !== undefined
  if (
    way?.[0] === 'apiKey' ||
    (way === undefined && (hasKey || (authToken === undefined && (apiKey ?? apiSecret))))
  ) {
    return {
      accountSid: required('accountSid', accountSid),
      apiKey: required('apiKey', apiKey),
      apiSecret: required('apiSecret', apiSecret),
    }
  }
  return { accountSid: required('accountSid', accountSid), authToken: required('authToken', authToken) }
}

function required(option: string, value: string | undefined): string {
  if (value !== undefined) return value
  const variable = VARIABLES[option]
  const orElse =
    option === 'authToken' ? ' (or apiKey with apiSecret: TWILIO_API_KEY, TWILIO_API_SECRET)' : ''
  throw failure(
    `${option} is missing: pass it${variable === undefined ? '' : `, or set the environment variable ${variable}`}${orElse}`,
  )
}

function failure(problem: string): ConfigurationError {
  return new ConfigurationError(`twilio(): ${problem}`, { provider: 'twilio' })
}
