import { asConversationsError } from '../model/error-cursor.ts'
import { type ConversationsError, PaginationError } from '../model/errors.ts'
import { hasLoneSurrogate } from '../model/sendable-text.ts'
import type { CheckedPage } from '../provider/check-page.ts'
import type { ConversationProvider } from '../provider/provider.ts'
import type { PageCut } from './cut-page.ts'
import { markOf } from './marks.ts'
import { type Position, positionAfter } from './position.ts'

/** After this many consecutive empty pages, a source ends with an error. */
const MAX_EMPTY_PAGES = 1000

/** Why a source cannot continue after a page, and the position from which to try again. */
export interface DeadEnd {
  readonly error: ConversationsError
  readonly position: Position
}

/** Tells, page by page, that a source will never end. */
export type DeadEndGuard = (
  page: CheckedPage<{ readonly id: string }>,
  position: Position,
  cut: PageCut<unknown>,
) => DeadEnd | null

/** @throws ConversationsError for a start whose token the provider cannot read */
export function createDeadEndGuard(provider: ConversationProvider, start: Position): DeadEndGuard {
  const { name } = provider
  /** The marks of all page tokens so far: 48 bits each, however long the tokens are. */
  const tokens = new Set<number>()
  if (start.pageToken !== null) tokens.add(markOf(identityOf(start.pageToken, provider)))
  let emptyPages = 0

  const failure = (problem: string, advice = IF_BROKEN): PaginationError =>
    new PaginationError(`${name} ${problem}`, { provider: name, advice })

  const problemOfToken = (token: string): ConversationsError | null => {
    if (hasLoneSurrogate(token)) return failure('returned a page token that cannot be encoded in a URL.')
    try {
      const mark = markOf(identityOf(token, provider))
      if (tokens.has(mark))
        return failure('returned a page token for the second time, so its pages form a loop.')
      tokens.add(mark)
      return null
    } catch (cause) {
      return asConversationsError(cause, name)
    }
  }

  return ({ items, nextPageError }, position, { next, isWholePage }) => {
    emptyPages = items.length === 0 ? emptyPages + 1 : 0
    const token = isWholePage ? (next?.pageToken ?? null) : null
    const error = nextPageError ?? (token === null ? null : problemOfToken(token))
    // An invalid token says nothing about what follows. Only the end of this page is known.
    if (error !== null)
      return { error, position: isWholePage ? positionAfter(position, items) : (next ?? position) }
    if (next === null || emptyPages < MAX_EMPTY_PAGES) return null
    emptyPages = 0
    return {
      error: failure(
        `returned ${MAX_EMPTY_PAGES} empty pages in a row.`,
        'To keep looking, continue from the cursor of this error.',
      ),
      position: next,
    }
  }
}

/** The part of a token that decides where it leads. */
function identityOf(token: string, provider: ConversationProvider): string {
  try {
    return provider.pageTokenIdentity?.(token) ?? token
  } catch (cause) {
    // A tampered cursor may contain any token.
    throw asConversationsError(cause, provider.name)
  }
}

const IF_BROKEN =
  'Do not continue in a loop, since conversations may repeat. The cursor of this error requests the next page once more; if that fails again, report it to the provider.'
