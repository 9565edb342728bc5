import { describeValue, type OptionsSource, optionError } from '../check.ts'
import type { HttpOptions } from './options.ts'
import { HIDDEN, parseUrl } from './url.ts'

/**
 * Parses a `baseUrl` option and returns it without its trailing slash. Plain `http` is for loopback only, unless
 * `allowInsecureHttp` says otherwise: credentials travel in every request.
 *
 * @throws ConfigurationError
 */
export function parseBaseUrl(
  value: string,
  { allowInsecureHttp = false }: HttpOptions,
  source: OptionsSource,
  name = 'baseUrl',
): string {
  const url = parseUrl(value)
  const problem = url === null ? 'must be an absolute URL' : problemOf(url, allowInsecureHttp)
  if (url !== null && problem === null) return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  // Whatever may hold a credential is left out, also of what is no URL: a password with a space in it, say.
  const shown = describeValue(value.replace(/^.*@|[?#].*$/gs, HIDDEN))
  throw optionError(source, name, `${problem}; got ${shown}`)
}

function problemOf(url: URL, allowInsecureHttp: boolean): string | null {
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'must not have a user name, a password, a query or a fragment'
  }
  if (url.protocol === 'https:') return null
  if (url.protocol === 'http:' && (allowInsecureHttp || LOOPBACK.test(url.hostname))) return null
  return 'must be https, or http on loopback; set allowInsecureHttp to show the credentials to the network'
}

const LOOPBACK = /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
