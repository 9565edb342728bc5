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

/** One array. It is closed only at the end of the listing, so that an incomplete listing is not valid JSON. */
export function jsonFormat(options: JsonOptions): Format {
  let isOpen = false
  return {
    page(items) {
      const text = items
        .map((item, index) => `${isOpen || index > 0 ? ',\n' : '[\n'}${jsonOf(item, options)}`)
        .join('')
      isOpen ||= items.length > 0
      return text
    },
    end: () => (isOpen ? '\n]\n' : '[]\n'),
  }
}

function jsonOf(item: AnyConversation, { columns, raw }: JsonOptions): string {
  const { raw: own, ...fields } = item
  const shown =
    columns === null ? fields : Object.fromEntries(columns.map(({ name, cellOf }) => [name, cellOf(item)]))
  return escapeJson(JSON.stringify(raw ? own : shown))
}
