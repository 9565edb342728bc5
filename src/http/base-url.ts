import { describeValue } from '../options/describe-value.ts'
import { HIDDEN, parseUrl } from './url.ts'

/** Whether plain `http` is allowed. */
interface Security {
  readonly allowInsecureHttp?: boolean | undefined
}

/** A base URL without its trailing slash, or what is wrong with it. */
export type BaseUrl =
  | { readonly url: string; readonly problem?: undefined }
  | { readonly url?: undefined; readonly problem: string }

/**
 * Parses a base URL. Plain `http` is allowed on loopback only, unless `allowInsecureHttp` is set, since every request
 * carries credentials.
 */
export function parseBaseUrl(value: string, { allowInsecureHttp = false }: Security): BaseUrl {
  const url = parseUrl(value)
  const problem = url === null ? 'must be an absolute URL' : problemOf(url, allowInsecureHttp)
  if (url !== null && problem === null)
    return { url: `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, '')}` }
  // Anything that may hold a credential is hidden, even if the text is not a URL, such as a password with a space.
  return { problem: `${problem}; got ${describeValue(value.replace(/^.*@|[?#].*$/gs, HIDDEN))}` }
}

function problemOf(url: URL, allowInsecureHttp: boolean): string | null {
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return 'must not have a username, a password, a query or a fragment'
  }
  if (url.protocol === 'https:') return null
  if (url.protocol === 'http:' && (allowInsecureHttp || isLoopback(url.hostname))) return null
  return 'must be https, or http on loopback; set allowInsecureHttp to send the credentials unencrypted'
}

/** Whether the host name of a URL is on loopback. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

const LOOPBACK = /^((.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
