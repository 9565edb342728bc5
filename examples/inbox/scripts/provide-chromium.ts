import { readFile } from 'node:fs/promises'
import { INBOX, run } from './set-up.ts'

const WHAT_TO_INSTALL = `The browser tests need Chromium, and there is none. Install one of these:
  Debian:     apt-get install chromium
  elsewhere:  npx --prefix examples/inbox playwright-core install --with-deps chromium
or set CHROMIUM_PATH to the program.`

/** What the page asks for first, of what Debian has; and the emoji. */
const FONTS = ['fonts-inter', 'fonts-noto-color-emoji']

/** Sees to it that there is a Chromium: as root on Debian by installing it. Rejects with what to install elsewhere. */
export async function provideChromium({ withFonts }: { withFonts: boolean }): Promise<void> {
  // It needs what install() has installed.
  const { findChromium } = await import('../test/support/find-chromium.ts')
  const canInstall = process.getuid?.() === 0 && (await isDebian())
  const isMissing = (await findChromium()) === null
  if (isMissing && !canInstall) throw new Error(WHAT_TO_INSTALL)
  const packages = [...(isMissing ? ['chromium'] : []), ...(withFonts && canInstall ? FONTS : [])]
  if (packages.length === 0) return
  const quietly = ['-qq', '-o', 'Dpkg::Use-Pty=0']
  const environment = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', ...quietly], INBOX, environment)
  await run(
    'apt-get',
    ['install', ...quietly, '-y', '--no-install-recommends', ...packages],
    INBOX,
    environment,
  )
  if ((await findChromium()) === null) throw new Error(WHAT_TO_INSTALL)
}

/** Ubuntu's package of that name is a snap, which needs more than a package manager. */
async function isDebian(): Promise<boolean> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  return /^ID="?debian"?$/m.test(release)
}
