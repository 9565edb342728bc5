import { PaginationError } from '../../errors.ts'
import { parseUrl } from '../../http/url.ts'
import type { ListPageResult } from '../../provider.ts'
import type { TwilioSettings } from './options.ts'

/** Where Twilio says the next page is. */
export interface PageToken {
  readonly token: string
  /** The number of the page: state of the client's, says Twilio, which is sent back as it came. */
  readonly page: string | null
}

/** One text for both, the number first: it holds no colon. */
export function joinPageToken({ token, page }: PageToken): string {
  return `${page ?? ''}:${token}`
}

/** The same back, also from a cursor that somebody has changed. */
export function splitPageToken(joined: string): PageToken {
  const colon = joined.indexOf(':')
  const page = joined.slice(0, Math.max(0, colon))
  return { token: joined.slice(colon + 1), page: /^\d+$/.test(page) ? page : null }
}

/**
 * Takes the token out of `next_page_url`. The URL itself is never asked: credentials go to the configured origin only,
 * and a URL that leads elsewhere is an error. (Behind a gateway, Twilio names its own origin instead of ours.)
 */
export function readNextPageUrl(
  nextPageUrl: string | null,
  path: string,
  { baseUrl, publicUrl }: TwilioSettings,
): Pick<ListPageResult<never>, 'nextPageToken' | 'nextPageError'> {
  if (!nextPageUrl) return { nextPageToken: null }
  const known = [`${baseUrl}${path}`, `${publicUrl}${path}`]
  const url = parseUrl(nextPageUrl, known[0])
  if (url === null) return failure('is no valid URL', known)
  // With a user name, if it has one.
  if (!known.includes(url.href.replace(/\?.*/, ''))) {
    return failure(`leads to another place, at ${url.origin}`, known)
  }
  const token = url.searchParams.get('PageToken')
  if (!token) return failure('has no PageToken', known)
  return { nextPageToken: joinPageToken({ token, page: url.searchParams.get('Page') }) }
}

function failure(
  problem: string,
  known: readonly string[],
): { nextPageToken: null; nextPageError: PaginationError } {
  const nextPageError = new PaginationError(
    `Twilio's next_page_url ${problem}, where ${known[0]} with a PageToken is expected. It is not followed, since the credentials would go along: check baseUrl, region and edge.`,
    { provider: 'twilio' },
  )
  return { nextPageToken: null, nextPageError }
}
