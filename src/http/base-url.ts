import { describeValue, type OptionsSource, optionError } from '../check.ts'
import { parseUrl } from './url.ts'

/**
 * Parses a `baseUrl` option and returns it without its trailing slash. Plain `http` is for loopback only, unless
 * `allowInsecureHttp` says otherwise: credentials travel in every request.
 *
 * @throws ConfigurationError
 */
export function parseBaseUrl(
  value: string,
  allowInsecureHttp: boolean,
  source: OptionsSource,
  name = 'baseUrl',
): string {
  const url = parseUrl(value)
  // Whatever may hold a credential is left out, also of what is no URL: a password with a space in it, say.
  const shown = describeValue(value.replace(/^.*@/s, '***@').replace(/[?#].*$/s, '?***'))
  if (url === null) throw optionError(source, name, `must be an absolute URL; got ${shown}`)
  if (url.username !== '' || url.password !== '') {
    throw optionError(source, name, 'must not hold a user name or a password')
  }
  if (url.search !== '' || url.hash !== '') {
    throw optionError(source, name, `must not have a query or a fragment; got ${shown}`)
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw optionError(source, name, `must be an https URL; got ${shown}`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !allowInsecureHttp) {
    throw optionError(
      source,
      name,
      `must be https, since plain http would show the credentials to the network; set allowInsecureHttp to allow it; got ${shown}`,
    )
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}
