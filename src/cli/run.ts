import { CommanderError } from 'commander'
import { listCommand } from './caller.ts'
import { EXIT } from './exit-codes.ts'
import { explain } from './failure.ts'
import { list } from './list.ts'
import { createProgram } from './program.ts'
import { createReporter } from './reporter.ts'
import { UsageError } from './usage-error.ts'

/** How another program, such as `npm start`, differs from the command. */
export interface RunOptions {
  /** What `list` is called in commands that are suggested. */
  readonly command?: string
  /** Whether the stand-in is listed if the environment has no credentials. */
  readonly isDemoByDefault?: boolean
}

/** Runs the command with the arguments after its name. Resolves with the exit code. */
export async function run(
  args: readonly string[],
  { command = listCommand(), isDemoByDefault = false }: RunOptions = {},
): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = createProgram(async (options) => {
    exitCode = await list(options, { command, args: args.slice(1) }, isDemoByDefault)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // It has been reported already, or only ends --help or --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const failure = explain(error)
    const reporter = createReporter(false)
    reporter.tell(failure.message)
    if (error instanceof UsageError && error.suggestion !== null) reporter.suggest(error.suggestion)
    return failure.exitCode
  }
}
