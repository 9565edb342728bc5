import type { ListOptions } from '../index.ts'
import { EXIT } from './exit-codes.ts'
import { explain } from './failure.ts'
import type { ListArguments } from './list-arguments.ts'
import type { Reporter } from './reporter.ts'
import { titleOf } from './titles.ts'

/** Decides what happens when a provider cannot look up a participant, or fails, and remembers it. */
export interface SourceErrors {
  readonly onSourceError: Extract<ListOptions['onSourceError'], (...args: never[]) => unknown>
  /** The providers that can look up none of the participants. */
  readonly unable: ReadonlySet<string>
  /** The providers that `--keep-going` skipped. */
  readonly failed: ReadonlySet<string>
  /** That of the first failure. */
  exitCode(): number
}

export function createSourceErrors(
  { provider, adapter, keepGoing }: ListArguments,
  reporter: Reporter,
): SourceErrors {
  const isNamed = provider !== undefined || adapter !== undefined
  const unable = new Set<string>()
  const failed = new Set<string>()
  const reports = new Set<string>()
  let exitCode: number = EXIT.ok
  return {
    unable,
    failed,
    exitCode: () => exitCode,
    onSourceError(error, { provider: { name }, form }) {
      // An identity means Twilio, an id Bird: a provider that was not named, and cannot look one up, is not meant.
      if (form === null && !isNamed) {
        unable.add(name)
        return 'skip'
      }
      if (!keepGoing) return 'throw'
      const failure = explain(error)
      if (exitCode === EXIT.ok) exitCode = failure.exitCode
      failed.add(name)
      // Each address of a phone number fails in the same way.
      const report = `${failure.message}\nSome conversations on ${titleOf(name)} are missing.`
      if (!reports.has(report)) reporter.tell(report)
      reports.add(report)
      return 'skip'
    },
  }
}
