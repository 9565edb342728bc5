/** Writes a message for the person at the terminal, or for the log. stdout is for conversations alone. */
export function tell(message: string): void {
  process.stderr.write(`${message}\n`)
}
