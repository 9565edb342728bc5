import type { createColors } from 'picocolors'
import stringWidth from 'string-width'
import type { AnyConversation } from '../index.ts'
import { type Column, columnsNamed } from './columns.ts'
import type { Format } from './format.ts'
import { fittingWidths } from './table-widths.ts'
import { showSafely } from './text.ts'
import { formatTime, timeWidth } from './time.ts'
import { wrapCell } from './wrap-cell.ts'

type Colors = ReturnType<typeof createColors>

const GAP = '  '

/** What a conversation is about: without a title, the last message says it best. */
const SUBJECT: Column = {
  name: 'title',
  cellOf: ({ title, lastMessage }) => title ?? lastMessage?.text ?? null,
}

/** As many columns as leave room for the title: on a narrow terminal, neither the id nor, in the end, the time. */
export function defaultTableColumns(width: number): readonly Column[] {
  const names = [
    'provider',
    ...(width < 110 ? [] : ['id']),
    'status',
    ...(width < 70 ? [] : ['channel']),
    ...(width < 50 ? [] : ['updatedAt']),
  ]
  return [...columnsNamed(names), SUBJECT]
}

export interface TableOptions {
  /** In columns of the terminal. */
  readonly width: number
  readonly header: boolean
  /** The names of the providers that are listed, which the first page does not show yet. */
  readonly providers: readonly string[]
  /** Whether the header is printed even if the first page is empty, since a run that continues after it has none. */
  readonly headerFirst: boolean
  /** Whether times are in UTC instead of local. */
  readonly utc: boolean
  readonly colors: Colors
}

/**
 * A table as wide as the terminal. The widths follow the first page, since a listing is too long to wait for its end.
 * Text that does not fit is wrapped between words.
 */
export function tableFormat(
  columns: readonly Column[],
  { width, header, headerFirst, providers, utc, colors }: TableOptions,
): Format {
  const headings = columns.map(headingOf)
  let widths: readonly number[] | null = null

  const textOf = ({ cellOf }: Column, conversation: AnyConversation): string => {
    const cell = cellOf(conversation)
    if (cell === null) return '-'
    return cell instanceof Date ? formatTime(cell, utc) : showSafely(String(cell))
  }

  const linesOf = (cells: readonly string[], paint: (text: string, index: number) => string): string[] => {
    const wrapped = cells.map((cell, index) => wrapCell(cell, widths?.[index] ?? 0))
    const height = Math.max(...wrapped.map((lines) => lines.length))
    return Array.from({ length: height }, (_, row) => {
      const texts = wrapped.map((lines) => lines[row] ?? '')
      // No spaces at the end of a line.
      const last = texts.findLastIndex((text) => text !== '')
      return texts
        .slice(0, last + 1)
        .map((text, index) => paint(index === last ? text : padEnd(text, widths?.[index] ?? 0), index))
        .join(GAP)
    })
  }

  return {
    page(items) {
      const rows = items.map((item) => columns.map((column) => textOf(column, item)))
      const isFirst = widths === null
      if (rows.length === 0 && !(isFirst && header && headerFirst)) return ''
      const names = columns.map(({ name }) => name)
      widths ??= fittingWidths(names, headings, rows, {
        room: width - GAP.length * (columns.length - 1),
        providers,
        timeWidth: timeWidth(utc),
      })
      const lines = rows.flatMap((row) =>
        linesOf(row, (text, index) => paintCell(names[index], row[index], text, colors)),
      )
      if (isFirst && header) lines.unshift(...linesOf(headings, (text) => colors.bold(text)))
      return lines.map((line) => `${line}\n`).join('')
    },
  }
}

function headingOf({ name }: Column): string {
  return name.replace(/[A-Z]/g, ' $&').toUpperCase()
}

/** `cell` is the whole content of the cell, of which `text` is a line. */
function paintCell(name: string | undefined, cell: string | undefined, text: string, colors: Colors): string {
  if (cell === '-') return colors.dim(text)
  if (name === 'status') return cell === 'active' ? colors.green(text) : colors.dim(text)
  if (name === 'provider') return colors.cyan(text)
  if (name === 'id' || name === 'channelId') return colors.dim(text)
  return text
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}
