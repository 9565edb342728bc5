import wrapAnsi from 'wrap-ansi'

/** Writes to stderr: messages, and on a terminal one line about what the command is doing. stdout is for conversations. */
export interface Reporter {
  /** Whether stderr or stdout is a terminal. */
  readonly isTerminal: boolean
  /** An error, or what the caller has requested. */
  tell(message: string): void
  /** A command to run next, which is not wrapped, so that it can be copied. */
  suggest(command: string): void
  /** Information that `--quiet` hides. */
  note(message: string): void
  /** Replaces the line below all output. */
  status(line: string): void
  /** Removes that line, before other output. */
  clearStatus(): void
}

/** With `isQuiet`, there are no notes and no status. */
export function createReporter(isQuiet: boolean): Reporter {
  const stream = process.stderr
  const hasStatus = stream.isTTY && !isQuiet
  const clearStatus = (): void => {
    if (hasStatus) stream.write('\r\x1b[K')
  }
  const suggest = (text: string): void => {
    clearStatus()
    stream.write(`${text}\n`)
  }
  const tell = (message: string): void =>
    suggest(stream.isTTY ? wrapLines(message, stream.columns || 80) : message)
  return {
    isTerminal: stream.isTTY || process.stdout.isTTY,
    tell,
    suggest,
    note: isQuiet ? () => {} : tell,
    status(line) {
      if (hasStatus) stream.write(`\r\x1b[K${line.slice(0, Math.max(0, (stream.columns || 80) - 1))}`)
    },
    clearStatus,
  }
}

/** Wraps each line between words. What follows an indented line is indented too. */
function wrapLines(text: string, width: number): string {
  return text.replace(/^( *)(.*)$/gm, (_, indent: string, line: string) =>
    wrapAnsi(line, width - indent.length).replace(/^/gm, indent),
  )
}
