import { wholeNumber } from './http.ts'

const maxPageSize = 50
const maxIdentityLength = 256

/** The query of a request for participant conversations. */
export interface TwilioQuery {
  by: 'Identity' | 'Address'
  value: string
  pageSize: number
  page: number
  pageToken: string | undefined
}

/** Reads the query, or says what is wrong with it. */
export function readTwilioQuery(parameters: URLSearchParams): TwilioQuery | { problem: string } {
  for (const name of ['Identity', 'Address', 'PageSize', 'Page', 'PageToken']) {
    if (parameters.getAll(name).length > 1) return { problem: `${name} must not be repeated` }
  }
  const identity = parameters.get('Identity') ?? ''
  const address = parameters.get('Address') ?? ''
  if ((identity === '') === (address === '')) return { problem: 'Either Identity or Address is required' }
  if ([...identity].length > maxIdentityLength) return { problem: 'Identity must not exceed 256 characters' }
  const pageSize = wholeNumber(parameters.get('PageSize') ?? String(maxPageSize), 1, maxPageSize)
  if (pageSize === undefined) return { problem: 'PageSize must be a whole number from 1 to 50' }
  const page = wholeNumber(parameters.get('Page') ?? '0', 0, Number.MAX_SAFE_INTEGER)
  if (page === undefined) return { problem: 'Page must be a whole number of at least 0' }
  const pageToken = parameters.get('PageToken') ?? undefined
  if (page > 0 && pageToken === undefined) return { problem: 'Page requires a PageToken unless it is 0' }
  return address === ''
    ? { by: 'Identity', value: identity, pageSize, page, pageToken }
    : { by: 'Address', value: address, pageSize, page, pageToken }
}
