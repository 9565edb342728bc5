import * as z from 'zod/mini'
import { asConversationsError } from '../model/error-cursor.ts'
import { ResponseValidationError } from '../model/errors.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { pathOf, type SchemaIssue, validate, valueAt } from '../options/standard-schema.ts'
import type { InvalidConversation, ListPageResult } from './provider.ts'

const ITEMS = 'must be an array of conversations, each with an id'

/** Longer than any provider's tokens: Bird's have at most 8,000 characters. A cursor cannot hold a longer one. */
const MAX_TOKEN_LENGTH = 32_768

const TOKEN = `must be null or a string of at most ${MAX_TOKEN_LENGTH} characters`

export const pageTokenSchema: z.ZodMiniType<string | null> = z.nullable(
  z.string(TOKEN).check(z.refine((token) => token.length <= MAX_TOKEN_LENGTH, TOKEN)),
)

const INVALID = 'must be an array of { error, raw }, each with a ResponseValidationError'

/** What to do about an invalid conversation: the cursor of its error leads to the same one. */
export const SKIP_ADVICE = `To list the others, set onInvalidConversation to 'skip' or to a function.`

/** A page without its conversations, which are checked one by one. */
const envelope = z.object({
  items: z.custom<unknown[]>(Array.isArray, ITEMS),
  nextPageToken: z.optional(pageTokenSchema),
  requestId: z.nullish(z.string('must be a string or null')),
  total: z.nullish(z.number('must be a number or null')),
  invalidConversations: z.optional(
    z.custom((value) => Array.isArray(value) && value.every(isInvalidConversation), INVALID),
  ),
})

/** A page with nothing omitted. */
export interface CheckedPage<C> extends ListPageResult<C> {
  readonly invalidConversations: readonly InvalidConversation[]
}

/**
 * Checks what `listPage()` has returned, since custom adapters may be written without types.
 *
 * @throws ResponseValidationError that names the invalid property
 */
export function checkPage<C>(given: ListPageResult<C>, provider: string): CheckedPage<C> {
  // An adapter without types may return anything.
  const page: ListPageResult<C> = Object(recordOrNull(given))
  const errorFor = (issue: SchemaIssue, advice: string | null = null): ResponseValidationError => {
    const [property = ''] = pathOf(issue)
    // A string is not shown, since it may be personal data.
    const got = describeValue(valueAt(page, [property]), 0)
    const problem = `listPage() of ${provider}: ${String(property)} ${issue.message}; got ${got}${advice === null ? '' : '.'}`
    return new ResponseValidationError(problem, { provider, advice })
  }
  const [issue] = validate(envelope, page).issues ?? []
  if (issue !== undefined) throw errorFor(issue)
  const isWhole = page.items.every(hasId)
  const invalid = isWhole ? [] : page.items.filter((item) => !hasId(item))
  return {
    items: isWhole ? page.items : page.items.filter(hasId),
    nextPageToken: page.nextPageToken || null,
    nextPageError: page.nextPageError ? asConversationsError(page.nextPageError, provider) : undefined,
    invalidConversations: [
      ...(page.invalidConversations ?? []),
      ...invalid.map((raw) => ({
        error: errorFor({ path: ['items'], message: ITEMS }, SKIP_ADVICE),
        raw,
      })),
    ],
    requestId: page.requestId ?? null,
    total: page.total ?? null,
  }
}

function isInvalidConversation(value: unknown): boolean {
  const { error }: { readonly error?: unknown } = Object(value)
  return error instanceof ResponseValidationError
}

function hasId(item: unknown): boolean {
  const { id }: { readonly id?: unknown } = Object(item)
  return typeof id === 'string' && id !== ''
}
