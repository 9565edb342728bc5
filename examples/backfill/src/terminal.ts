import logUpdate from 'log-update'

/** Shows lines that change. */
export interface Terminal {
  show(lines: readonly string[]): void
  /** A message that stays, above the lines that change. */
  say(message: string): void
  /** The last lines, which stay. */
  finish(lines: readonly string[]): void
}

const SHOW_EVERY_MS = 1_000

/** On a terminal the lines are written over, however narrow it is; in a log they follow each other. */
export function createTerminal(): Terminal {
  const terminal = process.stdout.isTTY ? screen : log
  let shownAt = 0
  return {
    ...terminal,
    show(lines) {
      if (Date.now() - shownAt < SHOW_EVERY_MS) return
      shownAt = Date.now()
      terminal.show(lines)
    },
  }
}

const screen: Terminal = {
  show: (lines) => logUpdate(lines.join('\n')),
  say: (message) => logUpdate.persist(message),
  finish(lines) {
    logUpdate(lines.join('\n'))
    logUpdate.done()
  },
}

const log: Terminal = {
  show: (lines) => console.log(lines.join('\n')),
  say: (message) => console.error(message),
  finish: (lines) => console.log(lines.join('\n')),
}
