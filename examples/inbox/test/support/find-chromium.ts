import { access, constants } from 'node:fs/promises'
import { chromium } from 'playwright-core'

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The path of a Chromium: that of `CHROMIUM_PATH`, the one that Playwright has installed, or the system's. */
export async function findChromium(): Promise<string | null> {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) return CHROMIUM_PATH
  for (const path of [chromium.executablePath(), ...KNOWN_PATHS]) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return null
}
