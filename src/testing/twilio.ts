import type { TwilioParticipantConversation } from '../twilio.ts'
import type { SendPage, StandInAccount } from './account.ts'
import { TOKEN_PATH } from './credentials.ts'
import { jsonResponse, matchPath, pathSegments } from './http.ts'
import { createListings, type Listing } from './listing.ts'
import { twilioPageToken } from './page-tokens.ts'
import { SAMPLE_ACCOUNT_SID } from './sample-twilio.ts'
import { createTwilioAuth, type TwilioStandInCredentials } from './twilio-auth.ts'
import { readTwilioQuery, type TwilioQuery } from './twilio-query.ts'

/** The Twilio account that a stand-in plays. */
export interface TwilioStandInOptions extends TwilioStandInCredentials {
  /**
   * The conversations of the default service, in any order, each with a `conversation_sid`, which may be null. Read once,
   * when the stand-in is created. Made-up ones, whose account is `AC` and 32 zeros, are served as those of `accountSid`. Those of any other
   * account are refused: create a stand-in with that `accountSid`.
   */
  conversations: readonly TwilioParticipantConversation[]
  /** The conversations of other services, by service SID (`IS…`). Requests for any other SID get a 404. */
  services?: Readonly<Record<string, readonly TwilioParticipantConversation[]>> | undefined
}

export function createTwilio(options: TwilioStandInOptions): StandInAccount {
  const auth = createTwilioAuth(options)
  const defaultService = [...options.conversations]
  const services = new Map(Object.entries(options.services ?? {}).map(([sid, list]) => [sid, [...list]]))
  const listings = createListings<TwilioParticipantConversation>(twilioPageToken)

  async function answer(request: Request, url: URL, sendPage: SendPage): Promise<Response> {
    const segments = pathSegments(url)
    if (!segments) return twilioError(400, 20001, 'The path is not valid percent-encoding')

    if (url.pathname === TOKEN_PATH) {
      if (request.method !== 'POST') return methodNotAllowed(request, 'POST')
      const issued = await auth.issueToken(request)
      return 'problem' in issued
        ? twilioError(issued.status, issued.code, issued.problem)
        : twilioResponse(200, issued)
    }

    const inService = matchPath(segments, 'v1/Services/:sid/ParticipantConversations')
    if (!inService && !matchPath(segments, 'v1/ParticipantConversations')) return notFound(url.pathname)
    if (request.method !== 'GET') return methodNotAllowed(request, 'GET')
    if (!auth.accepts(request.headers)) return twilioError(401, 20003, 'Authenticate')
    const conversations = inService ? services.get(inService.sid) : defaultService
    if (!conversations) return notFound(url.pathname)

    const query = readTwilioQuery(url.searchParams)
    if ('problem' in query) return twilioError(400, 20001, query.problem)
    const listing = listings.of(JSON.stringify([inService?.sid, query.by, query.value]), () =>
      conversations.filter((conversation) => matches(conversation, query)).sort(bySid),
    )
    const start = query.pageToken === undefined ? 0 : listing.positionOf(query.pageToken)
    if (start === undefined) return twilioError(400, 21481, 'The page token does not belong to this query')
    const answer = twilioResponse(200, page(listing, start, query, url, options.accountSid))
    return sendPage(listing.countPage(start, query.pageSize), answer)
  }

  return {
    id: `twilio ${options.accountSid}`,
    credentials: auth.credentials,
    answer,
    forgetPages: listings.forgetPages,
  }
}

export function twilioError(
  status: number,
  code: string | number,
  message: string,
  headers?: Record<string, string>,
): Response {
  const body = { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
  return twilioResponse(status, body, headers)
}

function matches(conversation: TwilioParticipantConversation, { by, value }: TwilioQuery): boolean {
  // Tests may serve null in place of a conversation.
  return by === 'Identity'
    ? conversation?.participant_identity === value
    : conversation?.participant_messaging_binding?.address === value
}

function bySid(left: TwilioParticipantConversation, right: TwilioParticipantConversation): number {
  const [a, b] = [left.conversation_sid ?? '', right.conversation_sid ?? '']
  return a < b ? -1 : a > b ? 1 : 0
}

function page(
  listing: Listing<TwilioParticipantConversation>,
  start: number,
  query: TwilioQuery,
  url: URL,
  accountSid: string,
): unknown {
  function pageUrl(page: number, token: string | null): string {
    const parameters = new URLSearchParams({ [query.by]: query.value, PageSize: String(query.pageSize) })
    parameters.set('Page', String(page))
    if (token !== null) parameters.set('PageToken', token)
    return `${url.origin}${url.pathname}?${parameters}`
  }
  const end = start + query.pageSize
  const nextToken = listing.tokenAt(end)
  const previousToken = listing.tokenAt(start - query.pageSize)
  return {
    conversations: listing.items.slice(start, end).map((conversation) => inAccount(conversation, accountSid)),
    meta: {
      page: query.page,
      page_size: query.pageSize,
      first_page_url: pageUrl(0, null),
      // Without a token it is the first page, whatever page number the client sent.
      previous_page_url:
        start === 0 ? null : pageUrl(previousToken === null ? 0 : Math.max(query.page - 1, 0), previousToken),
      url: pageUrl(query.page, listing.tokenAt(start)),
      next_page_url: nextToken === null ? null : pageUrl(query.page + 1, nextToken),
      key: 'conversations',
    },
  }
}

/** What is made up belongs to whichever account serves it. Tests may serve null in place of a conversation. */
function inAccount(
  conversation: TwilioParticipantConversation,
  accountSid: string,
): TwilioParticipantConversation {
  return conversation?.account_sid === SAMPLE_ACCOUNT_SID
    ? { ...conversation, account_sid: accountSid }
    : conversation
}

function notFound(path: string): Response {
  return twilioError(404, 20404, `The requested resource ${path} was not found`)
}

function methodNotAllowed(request: Request, allowed: string): Response {
  return twilioError(405, 20004, `Use ${allowed} instead of ${request.method}`)
}

function twilioResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const requestId = `RQ${crypto.randomUUID().replaceAll('-', '')}`
  return jsonResponse(status, body, { 'Twilio-Request-Id': requestId, ...headers })
}
