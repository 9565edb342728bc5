import { InvalidCursorError } from '../model/errors.ts'

/** What to do about a cursor that is not one of this library, or no longer. */
export const CHANGED_CURSOR_ADVICE =
  'Pass a nextCursor, or the cursor of an error, unchanged; or omit it to start from the beginning.'

/** The error for a cursor, or a page token in one, that this library cannot have made for the query. */
export function damagedCursor(provider: string): InvalidCursorError {
  return new InvalidCursorError('cursor is damaged.', {
    provider,
    advice: CHANGED_CURSOR_ADVICE,
  })
}
