import type { createColors } from 'picocolors'
import stringWidth from 'string-width'
import type { AnyConversation } from '../index.ts'
import { type Cell, type Column, columnsNamed } from './columns.ts'
import type { Format } from './format.ts'
import { showSafely } from './text.ts'

type Colors = ReturnType<typeof createColors>

const GAP = '  '

/** How wide a column may be at most, beside the others. The rest of the line is for those that are not named here. */
const MAX_WIDTH: Readonly<Record<string, number>> = {
  provider: 10,
  id: 36,
  status: 9,
  channel: 10,
  channelId: 36,
  createdAt: 16,
  updatedAt: 16,
  lastMessageAt: 16,
  participants: 12,
}

/** No column of text is narrower. */
const MIN_WIDTH = 8

/** Leaves out the id on a narrow terminal, where it would leave no room for the title. */
export function defaultTableColumns(width: number): readonly Column[] {
  return columnsNamed(['provider', ...(width < 110 ? [] : ['id']), 'status', 'channel', 'updatedAt', 'title'])
}

/**
 * A table as wide as the terminal. The widths follow the first page, since a listing is too long to wait for its end:
 * what does not fit is cut.
 */
export function tableFormat(
  columns: readonly Column[],
  { width, header, colors }: { width: number; header: boolean; colors: Colors },
): Format {
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
      if (rows.length === 0) return ''
      widths ??= fittingWidths(columns, rows, width)
      const lines = rows.map((row) =>
        lineOf(row, (cell, index) => paintCell(columns[index]?.name, row[index], cell, colors)),
      )
      if (isFirst && header) {
        lines.unshift(lineOf(columns.map(headingOf), (cell) => colors.bold(cell)))
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function headingOf({ name }: Column): string {
  return name.replace(/[A-Z]/g, ' $&').toUpperCase()
}

function textOf({ name, cellOf }: Column, conversation: AnyConversation): string {
  const cell = name === 'title' ? subjectOf(conversation) : cellOf(conversation)
  if (cell === null) return '-'
  const text = showSafely(String(cell))
  return name.endsWith('At') ? text.slice(0, 16).replace('T', ' ') : text
}

/** What says best what it is about. */
function subjectOf({ title, lastMessage }: AnyConversation): Cell {
  return title ?? lastMessage?.text ?? null
}

function paintCell(name: string | undefined, text: string | undefined, cell: string, colors: Colors): string {
  if (text === '-') return colors.dim(cell)
  if (name === 'status') return text === 'active' ? colors.green(cell) : colors.dim(cell)
  if (name === 'provider') return colors.cyan(cell)
  if (name === 'id' || name === 'channelId') return colors.dim(cell)
  return cell
}

const graphemes = new Intl.Segmenter()

/** The last column needs no spaces after it. */
function padOrCut(text: string, width: number, isLast: boolean): string {
  const cut = stringWidth(text) <= width ? text : `${beginningOf(text, width - 1)}…`
  return isLast ? cut : cut + ' '.repeat(Math.max(0, width - stringWidth(cut)))
}

/** As much as fits: a wide character or an emoji is not cut in two, nor does it stand half beyond the width. */
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

/** As wide as the contents of the first page, at most; the columns of text share what is left of the line. */
function fittingWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  const natural = columns.map((column, index) =>
    Math.max(stringWidth(headingOf(column)), ...rows.map((row) => stringWidth(row[index] ?? ''))),
  )
  const fixed = columns.map(({ name }, index) => {
    const maximum = MAX_WIDTH[name]
    return maximum === undefined ? null : Math.min(maximum, natural[index] ?? 0)
  })
  const gaps = GAP.length * (columns.length - 1)
  let left = width - gaps - fixed.reduce<number>((sum, size) => sum + (size ?? 0), 0)
  let flexible = fixed.filter((size) => size === null).length
  return fixed.map((size, index) => {
    if (size !== null) return size
    const isLast = index === columns.length - 1
    const share = Math.max(MIN_WIDTH, Math.floor(left / flexible))
    // A later page may have longer texts: the last column takes all that is left.
    const own = isLast ? share : Math.min(share, Math.max(MIN_WIDTH, natural[index] ?? 0))
    left -= own
    flexible -= 1
    return own
  })
}
