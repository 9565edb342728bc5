import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** A longer text is cut off, so that one conversation does not fill the terminal. */
const MAX_LINES = 3

/** The lines of a cell, broken between words, and within a word only if it is wider than the cell. */
export function wrapCell(text: string, width: number): readonly string[] {
  if (stringWidth(text) <= width) return [text]
  const lines = linesOf(text, width)
  if (lines.length <= MAX_LINES) return lines
  const [last] = linesOf(lines.slice(MAX_LINES - 1).join(' '), width - 1)
  return [...lines.slice(0, MAX_LINES - 1), `${last}…`]
}

function linesOf(text: string, width: number): string[] {
  return wrapAnsi(text, width, { hard: true }).split('\n')
}
