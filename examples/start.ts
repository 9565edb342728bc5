/**
 * The command, as `npm start`: lists one customer's conversations from the real providers if the environment has
 * credentials, and otherwise from the built-in stand-in for both.
 *
 *     npm start                            # the stand-in
 *     npm start -- +12025550123            # the real ones: see the README for the environment variables
 *     npm start -- --help
 */
import { run } from '../src/cli/run.ts'

process.exitCode = await run(['list', ...process.argv.slice(2)], {
  command: 'npm start --',
  isDemoByDefault: true,
})
