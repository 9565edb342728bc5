import stringWidth from 'string-width'

/**
 * Columns whose longest content is known in advance, since later pages may have longer content than the first. The
 * others share the rest of the line.
 */
const WIDTHS: Readonly<Record<string, number>> = {
  id: 36,
  status: 8,
  channel: 9,
  channelId: 36,
  participants: 12,
}

/** The maximum width of the column `provider`, for the names of adapters. */
const MAX_PROVIDER_WIDTH = 16

/** The minimum width of a text column. */
const MIN_WIDTH = 8

/** What the widths depend on besides the first page. */
export interface WidthOptions {
  /** The width of the line without the gaps between columns. */
  readonly room: number
  /** The names of the providers that are listed. */
  readonly providers: readonly string[]
  readonly timeWidth: number
}

/**
 * Text columns are as wide as on the first page if there is room, and share the line if that page is empty. The last one
 * takes the rest of the line.
 */
export function fittingWidths(
  names: readonly string[],
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { room, providers, timeWidth }: WidthOptions,
): readonly number[] {
  const longestName = Math.max(...['provider', ...providers].map((name) => stringWidth(name)))
  const known: Readonly<Record<string, number>> = {
    ...WIDTHS,
    provider: Math.min(MAX_PROVIDER_WIDTH, longestName),
    createdAt: timeWidth,
    updatedAt: timeWidth,
    lastMessageAt: timeWidth,
  }
  const fixed = names.map((name) => known[name] ?? null)
  let left = room - fixed.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  let flexible = fixed.filter((one) => one === null).length
  return fixed.map((width, index) => {
    if (width !== null) return width
    const share = Math.max(MIN_WIDTH, Math.floor(left / flexible))
    const natural = Math.max(...[headings, ...rows].map((cells) => stringWidth(cells[index] ?? '')))
    const isOpen = index === names.length - 1 || rows.length === 0
    const assigned = isOpen ? share : Math.min(share, Math.max(MIN_WIDTH, natural))
    left -= assigned
    flexible -= 1
    return assigned
  })
}
