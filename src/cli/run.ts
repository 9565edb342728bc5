import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import { explain } from './failure.ts'
import { list } from './list.ts'
import { createProgram } from './program.ts'
import { tell } from './tell.ts'

/** Runs the command with the arguments after its name. Resolves with the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = createProgram(async (options) => {
    exitCode = await list(options, args)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // It has been reported already, or only ends --help or --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const failure = explain(error)
    tell(failure.message)
    return failure.exitCode
  }
}
