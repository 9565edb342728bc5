import { InvalidCursorError, InvalidRequestError } from '../index.ts'
import type { Caller } from './caller.ts'
import { unusableCheckpoint } from './checkpoint.ts'
import { EXIT } from './exit-codes.ts'
import { explain } from './failure.ts'
import type { ListArguments } from './list-arguments.ts'
import type { Run } from './print-pages.ts'
import type { Reporter } from './reporter.ts'
import { resumingCommand } from './resume.ts'

/** What a failed run was about. */
export interface FailedRun {
  readonly options: ListArguments
  readonly caller: Caller
  readonly run: Run
  readonly reporter: Reporter
}

/** Tells what went wrong, and how to continue. Returns the exit code. */
export function tellFailure(error: unknown, failed: FailedRun): number {
  const { checkpoint } = failed.options
  const isCheckpointRefused = checkpoint !== undefined && error instanceof InvalidCursorError
  const { message, exitCode } = explain(isCheckpointRefused ? unusableCheckpoint(checkpoint, error) : error)
  // A position that the provider refuses is not worth another try.
  const isPositionRefused = error instanceof InvalidRequestError && failed.run.pages === 0
  const resume = exitCode === EXIT.usage || isPositionRefused ? null : howToResume(failed)
  failed.reporter.tell(message)
  if (resume !== null) failed.reporter.suggest(resume)
  return exitCode
}

function howToResume({ options, caller, run }: FailedRun): string | null {
  const { checkpoint, output } = options
  const { place, pages, remaining } = run
  if (place === undefined) return null
  if (checkpoint !== undefined) return 'To continue, run the same command again.'
  if (place === null) return null
  const hasHeader = output === 'csv' && pages > 0
  return `To continue: ${resumingCommand(caller, { cursor: place, limit: remaining, hasHeader })}`
}
