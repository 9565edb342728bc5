import {
  checkOptions,
  describeValue,
  LISTING,
  type OptionsShape,
  optionError,
  text,
  wholeNumber,
} from './check.ts'
import { areStatuses, CONVERSATION_STATUSES, isStatus } from './conversation.ts'
import { isPageToken } from './cursor.ts'
import { ResponseValidationError } from './errors.ts'
import type { ConversationProvider, ListPageResult } from './provider.ts'
import { record } from './wire.ts'

/** Checks that an adapter keeps the contract of `provider.ts`: it may be one of the caller's own, and without types. */

const contract: Pick<OptionsShape<ConversationProvider>, 'name' | 'scope' | 'capabilities'> = {
  name: text('must be a non-empty string'),
  scope: text('must be a string', () => true),
  capabilities: {
    maxPageSize: wholeNumber(1),
    statusFilter: [`must be 'one' or 'none'`, (value) => value === 'one' || value === 'none'],
    statuses: [`must be an array of ${CONVERSATION_STATUSES.join(', ')}`, areStatuses, isStatus],
  },
}

/**
 * Returns the provider itself.
 *
 * @throws ConfigurationError that names the property that is wrong
 */
export function checkProvider(value: unknown): unknown {
  const provider = record(value)
  if (typeof provider?.listPage !== 'function') {
    const expected = 'must be a provider, such as twilio() or bird()'
    throw optionError(LISTING, 'provider', `${expected}; got ${describeValue(value)}`)
  }
  checkOptions(contract, provider, { ...LISTING, isContract: true }, ['provider'])
  return value
}

/**
 * Returns a page with null for what it leaves out.
 *
 * @throws ResponseValidationError that names the property that is wrong
 */
export function checkPage<C>(page: ListPageResult<C>, provider: string): ListPageResult<C> {
  // Without types it may be anything.
  const { items, nextPageToken = null, requestId = null, total = null }: ListPageResult<C> = Object(page)
  const fail = (expected: string, found: unknown): ResponseValidationError => {
    // A text is not shown: it may be anybody's data.
    const problem = `${expected}; got ${describeValue(found, 0)}`
    return new ResponseValidationError(`listPage() of ${provider}: ${problem}`, { provider })
  }
  if (!Array.isArray(items) || !items.every(record)) throw fail('items must be an array of objects', items)
  if (!isPageToken(nextPageToken)) {
    // A longer one would be in a cursor that is refused when it comes back.
    throw fail('nextPageToken must be null or a string of at most 32768 characters', nextPageToken)
  }
  return { ...page, items, nextPageToken, requestId, total }
}
