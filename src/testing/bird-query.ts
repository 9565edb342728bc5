import { wholeNumber } from './http.ts'

const defaultLimit = 10
const maxLimit = 100
const maxPageTokenLength = 8000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The query of a request for participant conversations. */
export interface BirdQuery {
  channelId: string
  status: string | null
  limit: number
  reverse: boolean
  pageToken: string | null
}

/** Reads the query. `problems` says what is wrong with each invalid parameter. */
export function readBirdQuery(parameters: URLSearchParams): {
  query: BirdQuery
  problems: Map<string, string>
} {
  const problems = new Map<string, string>()
  const channelId = parameters.get('channelId')
  const status = parameters.get('status')
  const limit = wholeNumber(parameters.get('limit') ?? String(defaultLimit), 1, maxLimit)
  const reverse = parameters.get('reverse') ?? 'false'
  const pageToken = parameters.get('pageToken')

  if (channelId === null) problems.set('channelId', 'is required')
  else if (!uuid.test(channelId)) problems.set('channelId', 'must be a UUID')
  if (status !== null && !['active', 'closed', 'deleted'].includes(status)) {
    problems.set('status', 'must be active, closed or deleted')
  }
  if (limit === undefined) problems.set('limit', 'must be a whole number from 1 to 100')
  if (reverse !== 'true' && reverse !== 'false') problems.set('reverse', 'must be true or false')
  if (pageToken !== null && pageToken.length > maxPageTokenLength) {
    problems.set('pageToken', 'must not exceed 8000 characters')
  }
  for (const name of ['channelId', 'status', 'limit', 'reverse', 'pageToken']) {
    if (parameters.getAll(name).length > 1) problems.set(name, 'must not be repeated')
  }
  const query: BirdQuery = {
    channelId: channelId?.toLowerCase() ?? '',
    status,
    limit: limit ?? defaultLimit,
    reverse: reverse === 'true',
    pageToken,
  }
  return { query, problems }
}
