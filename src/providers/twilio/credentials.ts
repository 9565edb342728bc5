import { fromEnvironment, missingOption, type OptionsSource, optionError } from '../../check.ts'
import type { TwilioOptions } from './options.ts'

/** One of the ways to authenticate, complete: the others are undefined. */
export type TwilioCredentials = Pick<
  TwilioOptions,
  'accountSid' | 'authToken' | 'apiKey' | 'apiSecret' | 'clientId' | 'clientSecret' | 'accessToken'
>

type Way = readonly (keyof TwilioCredentials)[]

const AUTH_TOKEN: Way = ['authToken']
const API_KEY: Way = ['apiKey', 'apiSecret']
const OAUTH_CLIENT: Way = ['clientId', 'clientSecret']

/** The ways to authenticate, by the options that are theirs alone. */
const WAYS: readonly Way[] = [AUTH_TOKEN, API_KEY, OAUTH_CLIENT, ['accessToken']]

/**
 * Takes the one way that the options name, else one that the environment completes: an API key before the auth token.
 *
 * @throws ConfigurationError where two ways are named, or something is missing
 */
export function chooseCredentials(given: TwilioOptions, source: OptionsSource): TwilioCredentials {
  const named = WAYS.filter((way) => way.some((option) => given[option] !== undefined))
  if (named.length > 1) {
    throw optionError(source, named.flat().join(', '), 'are several ways to authenticate; give one of them')
  }
  const { accountSid, accessToken } = given
  if (accessToken !== undefined) return { accountSid, accessToken }

  const isClient = named[0] === OAUTH_CLIENT
  const find = (option: keyof TwilioCredentials): TwilioCredentials[typeof option] =>
    given[option] ?? (isClient ? undefined : fromEnvironment(source, option))
  const way =
    named[0] ??
    [API_KEY, AUTH_TOKEN].find((each) => each.every(find)) ??
    [API_KEY, AUTH_TOKEN].find((each) => each.some(find)) ??
    AUTH_TOKEN
  const options: Way = isClient ? way : ['accountSid', ...way]
  const found = options.map((option) => {
    const value = find(option)
    if (value !== undefined) return [option, value]
    if (isClient) throw optionError(source, option, 'is missing: pass it')
    throw missingOption(source, option, option === 'authToken' ? ', or pass apiKey and apiSecret' : '')
  })
  return Object.fromEntries(found)
}
