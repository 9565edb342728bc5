import stringWidth from 'string-width'

/** The colors of a terminal. */
export interface Theme {
  readonly background: string
  readonly foreground: string
  readonly frame: string
  readonly green: string
  readonly cyan: string
  readonly dim: string
}

export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    background: '#ffffff',
    foreground: '#1f2328',
    frame: '#d1d9e0',
    green: '#116329',
    cyan: '#0a6e8a',
    dim: '#59636e',
  },
  dark: {
    background: '#0d1117',
    foreground: '#e6edf3',
    frame: '#3d444d',
    green: '#3fb950',
    cyan: '#39c5cf',
    dim: '#9198a1',
  },
}

const CELL = { width: 8.4, height: 20 }
const PADDING = 16

/** Draws what a terminal shows. The output may use bold and the colors of the command. */
export function drawTerminal(output: string, { theme, title }: { theme: Theme; title: string }): string {
  const rows = output.trimEnd().split('\n')
  const plainWidths = rows.map((row) => stringWidth(row))
  const width = Math.ceil(Math.max(...plainWidths) * CELL.width + 2 * PADDING)
  const height = rows.length * CELL.height + 2 * PADDING
  const lines = rows.map((row, index) => drawRow(row, PADDING + (index + 0.75) * CELL.height, theme))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${theme.background}" stroke="${theme.frame}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${theme.foreground}">
${lines.filter((line) => line !== '').join('\n')}
</g>
</svg>
`
}

/** Each word of a column has its own position, since not every font has characters of one width and emoji of two. */
function drawRow(row: string, y: number, theme: Theme): string {
  let [column, style] = [0, '']
  const spans: string[] = []
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it starts an escape sequence.
  for (const [part, code] of row.matchAll(/\x1b\[(\d+)m|(?:(?! {2}|\x1b).)+| {2,}/g)) {
    if (code !== undefined) style = styleOf(code, theme)
    else {
      if (part.trim() !== '') {
        const x = (PADDING + (column + part.length - part.trimStart().length) * CELL.width).toFixed(1)
        spans.push(`<tspan x="${x}"${style}>${escapeXml(part.trim())}</tspan>`)
      }
      column += stringWidth(part)
    }
  }
  return spans.length === 0 ? '' : `<text y="${y}">${spans.join('')}</text>`
}

function styleOf(code: string, theme: Theme): string {
  if (code === '1') return ' font-weight="bold"'
  if (code === '2') return ` fill="${theme.dim}"`
  if (code === '32') return ` fill="${theme.green}"`
  if (code === '36') return ` fill="${theme.cyan}"`
  if (/^(0|22|39)$/.test(code)) return ''
  throw new Error(`the command uses the style ${code}, which the pictures do not know`)
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
