import { wholeNumber } from './http.ts'

const maxPageSize = 50
const maxIdentityLength = 256

/** What a request for participant conversations asks for. */
export interface TwilioQuery {
  by: 'Identity' | 'Address'
  value: string
  pageSize: number
  page: number
  pageToken: string | undefined
}

/** The query, or what is wrong with it. */
export function readTwilioQuery(parameters: URLSearchParams): TwilioQuery | { problem: string } {
  for (const name of ['Identity', 'Address', 'PageSize', 'Page', 'PageToken']) {
    if (parameters.getAll(name).length > 1) return { problem: `${name} is given twice` }
  }
  const identity = parameters.get('Identity') ?? ''
  const address = parameters.get('Address') ?? ''
  if ((identity === '') === (address === '')) return { problem: 'Give either Identity or Address' }
  if ([...identity].length > maxIdentityLength) return { problem: 'Identity is longer than 256 characters' }
  const pageSize = wholeNumber(parameters.get('PageSize') ?? String(maxPageSize), 1, maxPageSize)
  if (pageSize === undefined) return { problem: 'PageSize is not a whole number from 1 to 50' }
  const page = wholeNumber(parameters.get('Page') ?? '0', 0, Number.MAX_SAFE_INTEGER)
  if (page === undefined) return { problem: 'Page is not a whole number from 0' }
  const pageToken = parameters.get('PageToken') ?? undefined
  if (page > 0 && pageToken === undefined) return { problem: 'Page is over 0, but there is no PageToken' }
  return address === ''
    ? { by: 'Identity', value: identity, pageSize, page, pageToken }
    : { by: 'Address', value: address, pageSize, page, pageToken }
}
