import type { AnyConversation } from '../index.ts'
import type { Column } from './columns.ts'
import type { Format } from './format.ts'
import { escapeJson } from './text.ts'

export interface JsonOptions {
  /** The properties to write, or null for all of the model. */
  readonly columns: readonly Column[] | null
  /** The provider's own objects. */
  readonly raw: boolean
}

/** One line for each conversation. */
export function ndjsonFormat(options: JsonOptions): Format {
  return { page: (items) => items.map((item) => `${jsonOf(item, options)}\n`).join('') }
}

/**
 * One array. It is closed only at the end of the listing, so that an incomplete listing is not valid JSON. Commas begin
 * lines instead of ending them, so that a page ends with a whole line although it is not known whether one follows.
 */
export function jsonFormat(options: JsonOptions): Format {
  let isOpen = false
  return {
    page(items) {
      const lines = items.map((item, index) => `${isOpen || index > 0 ? ',' : '['}${jsonOf(item, options)}\n`)
      isOpen ||= items.length > 0
      return lines.join('')
    },
    end: () => (isOpen ? ']\n' : '[]\n'),
  }
}

function jsonOf(item: AnyConversation, { columns, raw }: JsonOptions): string {
  const { raw: providerObject, ...fields } = item
  const shown =
    columns === null ? fields : Object.fromEntries(columns.map(({ name, cellOf }) => [name, cellOf(item)]))
  return escapeJson(JSON.stringify(raw ? (providerObject ?? null) : shown))
}
