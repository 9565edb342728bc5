/** The command was called with invalid arguments. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** A line that names a command that may help. It is not wrapped, so that the command can be copied. */
  readonly suggestion: string | null

  constructor(message: string, { suggestion = null, ...options }: UsageErrorOptions = {}) {
    super(message, options)
    this.suggestion = suggestion
  }
}

interface UsageErrorOptions extends ErrorOptions {
  readonly suggestion?: string | null
}
