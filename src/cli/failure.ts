import {
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  ConversationsError,
  InvalidCursorError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  TimeoutError,
  UnsupportedParticipantError,
} from '../index.ts'
import { adviceOn } from './advice.ts'
import { EXIT } from './exit-codes.ts'
import { showControls, showSafely } from './text.ts'
import { UsageError } from './usage-error.ts'

/** The message to print for an error, and the exit code. */
export interface Failure {
  /** Ends without a line break. */
  readonly message: string
  readonly exitCode: number
}

/** The caller pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly message = 'Interrupted.'
}

/** The output or the checkpoint cannot be written. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
}

const EXIT_CODES: readonly (readonly [new (...args: never[]) => Error, number])[] = [
  [UsageError, EXIT.usage],
  [ConfigurationError, EXIT.usage],
  [UnsupportedParticipantError, EXIT.usage],
  [InvalidCursorError, EXIT.usage],
  [AuthenticationError, EXIT.authentication],
  [PermissionError, EXIT.authentication],
  [NotFoundError, EXIT.notFound],
  [RateLimitError, EXIT.rateLimit],
  [ConnectionError, EXIT.network],
  [TimeoutError, EXIT.network],
  [ConversationsError, EXIT.provider],
  [OutputError, EXIT.output],
  [Interrupted, EXIT.interrupted],
]

export function explain(error: unknown): Failure {
  const exitCode = EXIT_CODES.find(([errorClass]) => error instanceof errorClass)?.[1]
  return { message: describe(error, exitCode), exitCode: exitCode ?? EXIT.unexpected }
}

/**
 * The provider's own text about an error must not control the terminal, nor add a line that looks like one of this
 * command. Only usage errors may span several lines.
 */
function describe(error: unknown, exitCode: number | undefined): string {
  if (error instanceof Interrupted) return error.message
  if (!(error instanceof Error)) return `Error: ${showSafely(String(error))}`
  if (exitCode === undefined) return `Unexpected error: ${showControls(String(error.stack))}`
  const message = messageOf(error)
  return `Error: ${exitCode === EXIT.usage ? showControls(message) : showSafely(message)}`
}

function messageOf(error: Error): string {
  // An adapter may have another version of the library, whose errors do not tell the problem from the advice.
  if (!(error instanceof ConversationsError) || !error.problem) return error.message
  const advice = adviceOn(error)
  return advice === null ? error.problem : `${error.problem} ${advice}`
}
