/** The command `participant-conversations`. Nothing of the library imports it, and it is not among the exports. */
import { run } from './run.ts'
import { tolerateClosedStreams } from './stdout.ts'

tolerateClosedStreams()
process.exitCode = await run(process.argv.slice(2))
