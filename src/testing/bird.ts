import type { BirdConversationResource } from '../bird.ts'
import { recordOrNull, textOrNull } from '../model/read.ts'
import type { SendPage, StandInAccount } from './account.ts'
import { readBirdQuery } from './bird-query.ts'
import { accessKeyCredential } from './credentials.ts'
import { jsonResponse, matchPath, pathSegments, readAuthorization } from './http.ts'
import { createListings, type Listing } from './listing.ts'
import { birdPageToken } from './page-tokens.ts'

/** The Bird workspace that a stand-in plays. */
export interface BirdStandInOptions {
  /** The access key that requests must have. */
  accessKey: string
  /** A UUID. Requests for any other workspace get a 404. */
  workspaceId: string
  /** In the order in which to list them, each with an `id`, which may be null. Read once, when the stand-in is created. */
  conversations: readonly BirdConversationResource[]
  /**
   * If set, each response has this `totalType`, and as `total` the number of conversations that match.
   *
   * @default neither is sent
   */
  totalType?: '' | 'equal' | 'greaterThanOrEqual' | undefined
  /**
   * What to return for a participant without conversations in any channel: an empty list, or a 404. Bird documents neither.
   *
   * @default 'empty'
   */
  unknownParticipant?: 'empty' | 'not found' | undefined
}

/** The two forms of the path of a participant's conversations. */
const BY_ID = 'workspaces/:workspace/participants/:id/conversations'
const BY_IDENTIFIER = 'workspaces/:workspace/participants/:key/:value/conversations'

export function createBird(options: BirdStandInOptions): StandInAccount {
  const { accessKey, totalType, unknownParticipant } = options
  const workspaceId = options.workspaceId.toLowerCase()
  const conversations = [...options.conversations]
  const listings = createListings<BirdConversationResource>(birdPageToken)

  function isAuthorized({ headers }: Request): boolean {
    const { scheme, credentials } = readAuthorization(headers)
    return scheme === 'accesskey' && credentials === accessKey
  }

  function answer(request: Request, url: URL, sendPage: SendPage): Response | Promise<Response> {
    const segments = pathSegments(url)
    if (!segments) return birdError(400, 'BadRequest', 'The path is not valid percent-encoding')
    const route = matchPath(segments, BY_ID) ?? matchPath(segments, BY_IDENTIFIER)
    if (!route) return birdError(404, 'NotFound', `There is no ${url.pathname}`)
    if (request.method !== 'GET') {
      return birdError(405, 'MethodNotAllowed', `Use GET instead of ${request.method}`)
    }
    if (!isAuthorized(request)) return birdError(401, 'Unauthorized', 'The access key is missing or unknown')
    if (route.workspace.toLowerCase() !== workspaceId)
      return birdError(404, 'NotFound', 'There is no such workspace')

    const { query, problems } = readBirdQuery(url.searchParams)
    if (problems.size > 0) return invalid(problems)
    const isWanted = 'id' in route ? hasId(route.id) : hasIdentifier(route.key, route.value)
    const isIn = (conversation: BirdConversationResource): boolean =>
      participantsOf(conversation).some(isWanted)
    if (unknownParticipant === 'not found' && !conversations.some(isIn))
      return birdError(404, 'NotFound', 'There is no such participant')
    const path = { ...route, workspace: workspaceId }
    const listing = listings.of(JSON.stringify([path, query.channelId, query.status, query.reverse]), () => {
      const matching = conversations.filter(
        (conversation) =>
          textOrNull(conversation?.channelId)?.toLowerCase() === query.channelId &&
          (query.status === null || conversation.status === query.status) &&
          isIn(conversation),
      )
      return query.reverse ? matching.reverse() : matching
    })
    const start = query.pageToken === null ? 0 : listing.positionOf(query.pageToken)
    if (start === undefined) return invalid(new Map([['pageToken', 'does not belong to this query']]))
    const answer = birdResponse(200, page(listing, start, query.limit, totalType))
    return sendPage(listing.countPage(start, query.limit), answer)
  }

  return {
    id: `bird ${workspaceId}`,
    credentials: new Set([accessKeyCredential(accessKey, workspaceId)]),
    answer,
    forgetPages: listings.forgetPages,
  }
}

export function birdError(
  status: number,
  code: string,
  message: string,
  details?: Record<string, string[]>,
  headers?: Record<string, string>,
): Response {
  return birdResponse(status, { code, message, ...(details && { details }) }, headers)
}

type Fields = Readonly<Record<string, unknown>>

/** Tests may serve what the API document rules out, such as a missing list or participants that are null. */
function participantsOf(conversation: BirdConversationResource): Fields[] {
  const { featuredParticipants, initiatingParticipant }: Partial<BirdConversationResource> =
    Object(conversation)
  const featured: unknown[] = Array.isArray(featuredParticipants) ? featuredParticipants : []
  return [...featured, initiatingParticipant].map(recordOrNull).filter((participant) => participant !== null)
}

function hasId(id: string): (participant: Fields) => boolean {
  return (participant) => participant.id === id
}

function hasIdentifier(key: string, value: string): (participant: Fields) => boolean {
  return (participant) =>
    [participant, recordOrNull(participant.contact)].some(
      (holder) => holder?.identifierKey === key && holder.identifierValue === value,
    )
}

function page(
  listing: Listing<BirdConversationResource>,
  start: number,
  limit: number,
  totalType: BirdStandInOptions['totalType'],
): unknown {
  const nextPageToken = listing.tokenAt(start + limit)
  return {
    results: listing.items.slice(start, start + limit),
    ...(nextPageToken !== null && { nextPageToken }),
    ...(totalType !== undefined && { total: listing.items.length, totalType }),
  }
}

function invalid(problems: ReadonlyMap<string, string>): Response {
  const details = Object.fromEntries(
    [...problems].map(([name, problem]) => [`.${name}`, [`${name} ${problem}`]]),
  )
  return birdError(422, 'InvalidPayload', 'The query is not valid', details)
}

function birdResponse(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return jsonResponse(status, body, { 'X-Request-Id': crypto.randomUUID(), ...headers })
}
