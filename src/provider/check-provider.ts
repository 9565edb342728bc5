import * as z from 'zod/mini'
import { CONVERSATION_STATUSES } from '../model/conversation.ts'
import { asConversationsError } from '../model/error-cursor.ts'
import { ResponseValidationError } from '../model/errors.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { callback, matches, text, wholeNumber } from '../options/schemas.ts'
import { pathOf, type SchemaIssue, valueAt } from '../options/standard-schema.ts'
import type { ConversationProvider, ListPageResult } from './provider.ts'
import { validateRows } from './valid-rows.ts'

/** Checks what adapters declare and return, since custom ones may be written without types. */

const STATUSES = `must be an array of ${CONVERSATION_STATUSES.join(', ')}`

const declaration = z.object({
  name: text('must be a non-empty string'),
  sourceNames: z.optional(z.array(z.string(), 'must be an array of strings')),
  scope: z.string('must be a string'),
  capabilities: z.object(
    {
      maxPageSize: wholeNumber(1),
      statusFilter: z.enum(['one', 'some', 'none'], `must be 'one', 'some' or 'none'`),
      statuses: z
        .array(z.enum(CONVERSATION_STATUSES, STATUSES), STATUSES)
        .check(z.refine((list) => list.length > 0, STATUSES)),
    },
    'must be an object',
  ),
  participantKey: z.optional(callback()),
  pageTokenIdentity: z.optional(callback()),
  tokenAfterDeadEnd: z.optional(callback()),
})

/** A provider, used as it is. */
export const providerSchema: z.ZodMiniType<ConversationProvider> = z
  .custom<ConversationProvider>(
    (value) => typeof Object(value).listPage === 'function',
    'must be a provider, such as twilio() or bird()',
  )
  .check(matches(() => declaration))

const ITEMS = 'must be an array of conversations, each with an id'

/** Longer than any provider's tokens: Bird's have at most 8,000 characters. A cursor cannot hold a longer one. */
const MAX_TOKEN_LENGTH = 32_768

const TOKEN = `must be null or a string of at most ${MAX_TOKEN_LENGTH} characters`

export const pageTokenSchema: z.ZodMiniType<string | null> = z.nullable(
  z.string(TOKEN).check(z.refine((token) => token.length <= MAX_TOKEN_LENGTH, TOKEN)),
)

const envelope = {
  items: z.custom<unknown[]>(Array.isArray, ITEMS),
  nextPageToken: z.optional(pageTokenSchema),
  requestId: z.nullish(z.string('must be a string or null')),
  total: z.nullish(z.number('must be a number or null')),
  provider: z.optional(z.string('must be a string')),
}
const id = z.string(ITEMS).check(z.refine((text) => text !== '', ITEMS))
const described = z.object(envelope)
const handWritten = z.object({ ...envelope, items: z.array(z.object({ id }, ITEMS), ITEMS) })

/** Pages whose conversations have been checked already, as the provider sent them. */
const describedPages = /* @__PURE__ */ new WeakSet<object>()

/** Marks a page that comes from an adapter made by `defineProvider()`. */
export function markAsDescribed<Page extends object>(page: Page): Page {
  describedPages.add(page)
  return page
}

/**
 * Returns a page with null for what it omits.
 *
 * @throws ResponseValidationError that names the invalid property
 */
export function checkPage<C>(given: ListPageResult<C>, provider: string): ListPageResult<C> {
  // An adapter without types may return anything.
  const page: ListPageResult<C> = Object(recordOrNull(given))
  const errorFor = (issue: SchemaIssue): ResponseValidationError => {
    const [property = ''] = pathOf(issue)
    // A string is not shown, since it may be personal data.
    const got = describeValue(valueAt(page, [property]), 0)
    const message = `listPage() of ${provider}: ${String(property)} ${issue.message}; got ${got}`
    return new ResponseValidationError(message, { provider })
  }
  const isDescribed = describedPages.has(page)
  const { issue, value, invalid = [] } = validateRows(isDescribed ? described : handWritten, page)
  if (issue !== undefined) throw errorFor(issue)
  // It has passed the schema, and is the page itself or a copy of it with fewer items.
  const { items } = value as ListPageResult<C>
  const { nextPageToken = null, requestId = null, total = null } = page
  const nextPageError = page.nextPageError ? asConversationsError(page.nextPageError, provider) : undefined
  const found = invalid.map(({ issue, raw }) => ({ error: errorFor(issue), raw }))
  const invalidConversations = [...(page.invalidConversations ?? []), ...found]
  const source = { provider: page.provider, endsSource: page.endsSource }
  return { items, nextPageToken, nextPageError, invalidConversations, requestId, total, ...source }
}
