/**
 * `npm run test:browser`: sets everything up, and tests the inbox: its types, its API, and its page in a browser. With
 * `--update-pictures` it also writes the pictures in docs/. Other arguments are passed to Vitest.
 */
import { provideChromium } from './provide-chromium.ts'
import { build, INBOX, install, run } from './set-up.ts'

const args = process.argv.slice(2)
const updatesPictures = args.includes('--update-pictures')
const others = args.filter((arg) => arg !== '--update-pictures')

try {
  await install()
  await provideChromium({ withFonts: updatesPictures })
  await build()
  await run('npx', ['tsc', '--noEmit'], INBOX)
  await run('npx', ['vitest', 'run', ...others], INBOX, updatesPictures ? { UPDATE_PICTURES: '1' } : {})
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
