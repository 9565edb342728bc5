import { parseBaseUrl } from '../http/base-url.ts'
import {
  type HttpOptions,
  type HttpSettings,
  httpNames,
  httpSchema,
  httpSettings,
} from '../http/http-options.ts'
import { type OptionsSource, optionsError, parseOptions } from '../options/parse-options.ts'
import { problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import type { ApiDescription } from './api.ts'

/** How an API is reached, with the HTTP options of the user. */
export interface CheckedApi {
  /** The provider's, or the user's. */
  readonly baseUrl: string
  readonly http: HttpSettings
}

/** @throws ConfigurationError for invalid HTTP options, and for an invalid `tokenUrl` or invalid credentials */
export function checkApi({ name, baseUrl, http: given, authorization }: ApiDescription): CheckedApi {
  const source: OptionsSource = { call: `${name}()`, provider: name, secrets: ['headers', 'dispatcher'] }
  const options = parseHttpOptions(given, source)
  const { credentials, option = 'accessToken', tokenUrl } = authorization
  const checkedBaseUrl = checkedUrl('baseUrl', options.baseUrl ?? baseUrl, options, source)
  if (tokenUrl !== undefined) checkedUrl('tokenUrl', tokenUrl, options, source)
  if (typeof credentials === 'string' && !/^[!-~]+( +[!-~]+)*$/.test(credentials)) {
    const message = `${option} must be visible ASCII characters, with spaces only between them`
    throw optionsError(source, [{ option, message }])
  }
  return { baseUrl: checkedBaseUrl, http: httpSettings(options) }
}

/** The HTTP options among those of an adapter. */
function parseHttpOptions(given: HttpOptions = {}, source: OptionsSource): HttpOptions {
  if (problemOfOptions(given) !== null) return parseOptions(httpSchema, given, source)
  const all: Readonly<Record<string, unknown>> = Object(withoutPrototype(given))
  return parseOptions(httpSchema, Object.fromEntries(httpNames.map((name) => [name, all[name]])), source)
}

function checkedUrl(name: string, value: string, options: HttpOptions, source: OptionsSource): string {
  const { url, problem } = parseBaseUrl(value, options)
  if (problem === undefined) return url
  throw optionsError(source, [{ option: name, message: `${name} ${problem}` }])
}
