/** One line about a listing under way, at the bottom of a terminal. */
export interface Progress {
  /** Shows how many conversations and pages there have been. `total` is null if it is not known. */
  show(state: { conversations: number; pages: number; total: number | null }): void
  /** Makes room for other output. */
  clear(): void
}

/** Shows nothing if stderr is not a terminal, since scripts keep what is written there. */
export function createProgress(
  stream: NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): Progress {
  if (!stream.isTTY) return { show() {}, clear() {} }
  const start = now()
  return {
    show({ conversations, pages, total }) {
      const seconds = Math.max(0.001, (now() - start) / 1000)
      const share =
        total === null || total === 0
          ? ''
          : ` of ${count(total)} (${Math.floor((100 * conversations) / total)} %)`
      const rate = count(Math.round(conversations / seconds))
      const line = `${amount(conversations, 'conversation', share)}, ${amount(pages, 'page')}, ${rate}/s`
      stream.write(`\r\x1b[K${line.slice(0, Math.max(0, (stream.columns || 80) - 1))}`)
    },
    clear() {
      stream.write('\r\x1b[K')
    },
  }
}

function amount(number: number, what: string, share = ''): string {
  return `${count(number)}${share} ${what}${number === 1 ? '' : 's'}`
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}
