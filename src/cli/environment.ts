import type { ListArguments } from './list-arguments.ts'
import { UsageError } from './usage-error.ts'

/** Adds the variables of a file to the environment. @throws UsageError for a file that cannot be read */
export function loadEnvironment({ dotenv, envFile, envFileIfExists }: ListArguments): void {
  if (envFile !== undefined || envFileIfExists !== undefined) {
    throw new UsageError(
      'Node itself reads --env-file wherever it appears, and ends with its own message and exit code if the file is missing. Pass --dotenv instead.',
    )
  }
  if (dotenv === undefined) return
  try {
    process.loadEnvFile(dotenv)
  } catch (error) {
    throw new UsageError(`Cannot read --dotenv: ${error instanceof Error ? error.message : error}`)
  }
}
