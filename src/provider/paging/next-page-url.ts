import { parseUrl } from '../../http/url.ts'
import { PaginationError } from '../../model/errors.ts'

/** What the URL of a next page must be like. */
export interface ExpectedPageUrl {
  /** The adapter's name, for error messages. */
  readonly provider: string
  /** The name of the property that holds the URL, for error messages. */
  readonly property: string
  /** The query parameter that holds the page token. */
  readonly parameter: string
  /** The URLs, without a query, that it may lead to: the one requested, and the provider's public one. */
  readonly endpoints: readonly string[]
  /** Other hosts of the provider that serve the last of `endpoints`. Must match a whole host. Default: none. */
  readonly hosts?: RegExp | undefined
}

/**
 * The query of a URL that a provider returns for its next page; null on the last page, which has none. The URL itself is never
 * requested: credentials go only to the configured origin.
 *
 * @throws PaginationError for a URL that leads elsewhere, or has no page token
 */
export function nextPageQuery(nextPageUrl: string | null, expected: ExpectedPageUrl): URLSearchParams | null {
  if (nextPageUrl === null) return null
  const url = parseUrl(nextPageUrl, expected.endpoints[0])
  if (url === null) throw failure('is not a valid URL.', IF_UNUSABLE, expected)
  if (!isExpected(url, expected)) throw failure(mismatch(url, expected), IF_ELSEWHERE, expected)
  if (!url.searchParams.get(expected.parameter))
    throw failure(`has no ${expected.parameter}.`, IF_UNUSABLE, expected)
  return url.searchParams
}

/** A URL with a user name is not expected. */
function isExpected(url: URL, { endpoints, hosts }: ExpectedPageUrl): boolean {
  const bare = url.href.replace(/[?#].*/, '')
  if (endpoints.includes(bare)) return true
  const { pathname } = new URL(endpoints.at(-1) ?? '')
  // Unlike test(), search() does not depend on earlier calls if the expression is global.
  const isKnown = hosts !== undefined && url.host.search(hosts) !== -1
  const known = isKnown ? [...endpoints, `https://${url.host}${pathname}`] : endpoints
  return known.some((endpoint) => normalizeEncoding(endpoint) === normalizeEncoding(bare))
}

/** Providers may or may not percent-encode `:` and `@` in a path. */
function normalizeEncoding(url: string): string {
  return url.split('/').map(normalizeSegment).join('/')
}

function normalizeSegment(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment))
  } catch {
    // Not UTF-8.
    return segment
  }
}

/** Omits the path, which may contain the participant. */
function mismatch({ origin }: URL, { endpoints: [endpoint = ''] }: ExpectedPageUrl): string {
  const expected = new URL(endpoint).origin
  const elsewhere =
    origin === expected
      ? `leads elsewhere on ${origin}`
      : `leads elsewhere, to ${origin}; expected ${expected}`
  return `${elsewhere}. It was not requested, because the credentials would be sent to it.`
}

const IF_ELSEWHERE = 'Check baseUrl and the options that set the host.'

const IF_UNUSABLE = 'The next page cannot be requested: report this to the provider.'

function failure(problem: string, advice: string, { provider, property }: ExpectedPageUrl): PaginationError {
  return new PaginationError(`${provider}: ${property} ${problem}`, { provider, advice })
}
