import type { createColors } from 'picocolors'
import stringWidth from 'string-width'
import type { AnyConversation } from '../index.ts'
import { type Column, columnsNamed } from './columns.ts'
import type { Format } from './format.ts'
import { showSafely } from './text.ts'

type Colors = ReturnType<typeof createColors>

const GAP = '  '

/**
 * Columns whose longest content is known in advance, since later pages may have longer content than the first. The
 * others share the rest of the line.
 */
const WIDTHS: Readonly<Record<string, number>> = {
  id: 36,
  status: 8,
  channel: 9,
  channelId: 36,
  createdAt: 16,
  updatedAt: 16,
  lastMessageAt: 16,
  participants: 12,
}

/** The maximum width of the column `provider`, for the names of adapters. */
const MAX_PROVIDER_WIDTH = 16

/** The minimum width of a text column. */
const MIN_WIDTH = 8

/** What a conversation is about: without a title, the last message says it best. */
const SUBJECT: Column = {
  name: 'title',
  cellOf: ({ title, lastMessage }) => title ?? lastMessage?.text ?? null,
}

/** Omits the id on a narrow terminal, where it would leave no room for the title. */
export function defaultTableColumns(width: number): readonly Column[] {
  const names = ['provider', ...(width < 110 ? [] : ['id']), 'status', 'channel', 'updatedAt']
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
  readonly colors: Colors
}

/**
 * A table as wide as the terminal. The widths follow the first page, since a listing is too long to wait for its end.
 * Text that does not fit is truncated.
 */
export function tableFormat(
  columns: readonly Column[],
  { width, header, headerFirst, providers, colors }: TableOptions,
): Format {
  const longestName = Math.max(...['provider', ...providers].map((name) => stringWidth(name)))
  const known = { ...WIDTHS, provider: Math.min(MAX_PROVIDER_WIDTH, longestName) }
  let widths: readonly number[] | null = null

  const lineOf = (cells: readonly string[], paint: (cell: string, index: number) => string): string =>
    cells
      .map((cell, index) => paint(padOrCut(cell, widths?.[index] ?? 0, index === cells.length - 1), index))
      .join(GAP)
      .trimEnd()

  return {
    page(items) {
      const rows = items.map((item) => columns.map((column) => textOf(column, item)))
      const isFirst = widths === null
      if (rows.length === 0 && !(isFirst && header && headerFirst)) return ''
      widths ??= fittingWidths(columns, rows, known, width)
      const lines = rows.map((row) =>
        lineOf(row, (cell, index) => paintCell(columns[index]?.name, row[index], cell, colors)),
      )
      if (isFirst && header) {
        lines.unshift(lineOf(columns.map(headingOf), (cell) => colors.bold(cell)))
      }
      return lines.map((line) => `${line}\n`).join('')
    },
  }
}

function headingOf({ name }: Column): string {
  return name.replace(/[A-Z]/g, ' $&').toUpperCase()
}

function textOf({ name, cellOf }: Column, conversation: AnyConversation): string {
  const cell = cellOf(conversation)
  if (cell === null) return '-'
  const text = showSafely(String(cell))
  return name.endsWith('At') ? text.slice(0, 16).replace('T', ' ') : text
}

function paintCell(name: string | undefined, text: string | undefined, cell: string, colors: Colors): string {
  if (text === '-') return colors.dim(cell)
  if (name === 'status') return text === 'active' ? colors.green(cell) : colors.dim(cell)
  if (name === 'provider') return colors.cyan(cell)
  if (name === 'id' || name === 'channelId') return colors.dim(cell)
  return cell
}

const graphemes = new Intl.Segmenter()

/** The last column needs no trailing spaces. */
function padOrCut(text: string, width: number, isLast: boolean): string {
  const cut = stringWidth(text) <= width ? text : `${beginningOf(text, width - 1)}…`
  return isLast ? cut : cut + ' '.repeat(Math.max(0, width - stringWidth(cut)))
}

/** As much of a text as fits, without splitting a wide character or an emoji. */
function beginningOf(text: string, width: number): string {
  let beginning = ''
  let left = width
  for (const { segment } of graphemes.segment(text)) {
    left -= stringWidth(segment)
    if (left < 0) break
    beginning += segment
  }
  return beginning
}

/**
 * Text columns are as wide as on the first page if there is room, and share the line if that page is empty. The last one
 * takes the rest of the line.
 */
function fittingWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  knownWidths: Readonly<Record<string, number>>,
  width: number,
): readonly number[] {
  const fixed = columns.map(({ name }) => knownWidths[name] ?? null)
  let left =
    width - GAP.length * (columns.length - 1) - fixed.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  let flexible = fixed.filter((one) => one === null).length
  return columns.map((column, index) => {
    const known = fixed[index] ?? null
    if (known !== null) return known
    const share = Math.max(MIN_WIDTH, Math.floor(left / flexible))
    const natural = Math.max(
      stringWidth(headingOf(column)),
      ...rows.map((row) => stringWidth(row[index] ?? '')),
    )
    const isOpen = index === columns.length - 1 || rows.length === 0
    const assigned = isOpen ? share : Math.min(share, Math.max(MIN_WIDTH, natural))
    left -= assigned
    flexible -= 1
    return assigned
  })
}
