import { type Browser, chromium } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** It loads one page from loopback, and asks nobody else for anything. */
const ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
]

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findChromium()
  if (executablePath === null)
    throw new Error('No Chromium found. `npm run test:browser` says what to install.')
  // Chromium's sandbox refuses to run as root, as in a container.
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...(isRoot ? ['--no-sandbox'] : [])] })
}
