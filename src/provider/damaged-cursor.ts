import { InvalidCursorError } from '../model/errors.ts'

/** The error for a cursor, or a page token in one, that this library cannot have made for the query. */
export function damagedCursor(provider: string): InvalidCursorError {
  return new InvalidCursorError(
    'cursor is damaged. Pass a nextCursor, or the cursor of an error, unchanged; or omit it to start from the beginning.',
    { provider },
  )
}
