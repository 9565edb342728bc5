/**
 * The command, as `npm start`: lists one customer's conversations from the real providers if the environment has
 * credentials, and otherwise from the built-in stand-in for both.
 *
 *     npm start                            # the stand-in
 *     npm start -- +12025550123            # the real ones: see the README for the environment variables
 *     npm start -- --help
 */
import { providersOfEnvironment } from '../src/cli/providers.ts'
import { run } from '../src/cli/run.ts'

const isDemo = providersOfEnvironment().length === 0
process.exitCode = await run(['list', ...(isDemo ? ['--demo'] : []), ...process.argv.slice(2)])
