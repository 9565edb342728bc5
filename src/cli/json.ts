import type { AnyConversation } from '../index.ts'
import type { Field } from './fields.ts'
import type { Format } from './format.ts'
import { escapeJson } from './text.ts'

export interface JsonOptions {
  /** The fields to write; null for all of the model. */
  readonly fields: readonly Field[] | null
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

/**
 * One array, indented for people. The last line of a conversation waits for the next one, or the end, which decides whether
 * a comma follows it: a page still ends with a whole line, below which the progress is shown.
 */
export function indentedJsonFormat(options: JsonOptions): Format {
  let waiting: string | null = null
  return {
    page(items) {
      let text = ''
      for (const item of items) {
        const lines = jsonOf(item, options, 2).replace(/^/gm, '  ').split('\n')
        text += waiting === null ? '[\n' : `${waiting},\n`
        waiting = lines.pop() ?? ''
        text += lines.map((line) => `${line}\n`).join('')
      }
      return text
    },
    end: () => (waiting === null ? '[]\n' : `${waiting}\n]\n`),
  }
}

function jsonOf(item: AnyConversation, { fields, raw }: JsonOptions, indent = 0): string {
  const { raw: providerObject, ...model } = item
  const selected = fields && Object.fromEntries(fields.map((field) => [field, item[field] ?? null]))
  return escapeJson(JSON.stringify(raw ? (providerObject ?? null) : (selected ?? model), null, indent))
}
