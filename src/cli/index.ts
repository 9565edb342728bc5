#!/usr/bin/env node
/** The command `participant-conversations`. The library does not import it, and the package does not export it. */
import { run } from './run.ts'
import { tolerateClosedStreams } from './stdout.ts'

tolerateClosedStreams()
process.exitCode = await run(process.argv.slice(2))
