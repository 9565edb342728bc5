import type { AnyConversation } from '../index.ts'

/** Writes conversations as text, page by page. */
export interface Format {
  /** Whole lines, or nothing. */
  page(items: readonly AnyConversation[]): string
  /** The text after the last page of a complete listing. */
  end?(): string
}
