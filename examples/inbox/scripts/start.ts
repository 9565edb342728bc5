/** `npm run inbox`: sets everything up, and serves the inbox. */
import { build, INBOX, install, run } from './set-up.ts'

try {
  await install()
  await build()
  await run(process.execPath, ['--import', 'tsx', 'server/main.ts'], INBOX)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
