import { asConversationsError } from '../model/error-cursor.ts'
import { type ConversationsError, PaginationError } from '../model/errors.ts'
import type { ConversationProvider, ListPageResult } from '../provider/provider.ts'
import { endOfPage, type PageCut } from './cut-page.ts'
import { createCycleGuard } from './cycle-guard.ts'
import type { Position } from './position.ts'

/** After this many consecutive empty pages, a listing ends with an error. */
const MAX_EMPTY_PAGES = 1000

/** Why a listing cannot continue after a page, and the position from which to try again. */
export interface DeadEnd {
  readonly error: ConversationsError
  readonly position: Position
}

/**
 * Returns a function that detects, page by page, that a listing will never end.
 *
 * @throws ConversationsError for a start whose token the provider cannot read
 */
export function createDeadEndGuard(
  provider: Pick<ConversationProvider, 'name' | 'pageTokenIdentity'>,
  start: Position,
): (
  answer: ListPageResult<{ readonly id: string }>,
  position: Position,
  cut: PageCut<unknown>,
) => DeadEnd | null {
  const hasBeen = createCycleGuard()
  const isKnown = (token: string): boolean => hasBeen(identityOf(token, provider))
  if (start.pageToken !== null) isKnown(start.pageToken)
  let emptyPages = 0

  return (answer, position, { next, isWholePage }) => {
    emptyPages = answer.items.length === 0 && !answer.endsSource ? emptyPages + 1 : 0
    const name = answer.provider ?? provider.name
    const problem = (message: string): PaginationError =>
      new PaginationError(`${name} ${message}`, { provider: name })
    const problemOf = (token: string): ConversationsError | null => {
      // A lone surrogate cannot be encoded in UTF-8.
      if (/\p{Surrogate}/u.test(token))
        return problem(`returned a page token that cannot be encoded in a URL. ${ADVICE}`)
      try {
        return isKnown(token)
          ? problem(`returned a page token for the second time, so its pages form a loop. ${ADVICE}`)
          : null
      } catch (cause) {
        return asConversationsError(cause, name)
      }
    }
    const token = next?.pageToken ?? null
    const error = answer.nextPageError ?? (isWholePage && token !== null ? problemOf(token) : null)
    // An invalid token says nothing about what follows. Only the end of this page is known.
    if (error !== null)
      return { error, position: isWholePage ? endOfPage(answer, position) : (next ?? position) }
    if (next === null || emptyPages < MAX_EMPTY_PAGES) return null
    emptyPages = 0
    return {
      error: problem(
        `returned ${MAX_EMPTY_PAGES} empty pages in a row. To keep looking, continue from the cursor of this error.`,
      ),
      position: next,
    }
  }
}

/** The part of a token that decides where it leads. */
function identityOf(
  token: string,
  provider: Pick<ConversationProvider, 'name' | 'pageTokenIdentity'>,
): string {
  try {
    return provider.pageTokenIdentity?.(token) ?? token
  } catch (cause) {
    // A tampered cursor may contain any token.
    throw asConversationsError(cause, provider.name)
  }
}

const ADVICE =
  'Do not continue in a loop, since conversations may repeat. The cursor of this error requests the next page once more; if that fails again, report it to the provider.'
