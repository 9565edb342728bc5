import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The packages whose code is in the library: what it stands on, and what that depends on. */
const bundled = ['is-network-error', 'leven', 'p-retry', 'zod']

/** The code of these packages is bundled and that of no others, and their licenses are in the package. */
export async function checkBundled(installed: string, files: readonly string[]): Promise<void> {
  const found = new Set<string>()
  for (const path of files.filter((file) => /^dist\/.*\.c?js$/.test(file))) {
    const code = await readFile(join(installed, path), 'utf8')
    for (const [, name = ''] of code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) found.add(name)
  }
  const names = [...found].sort()
  if (names.join() !== bundled.join())
    throw new Error(`bundled are ${names.join(', ')}, not ${bundled.join(', ')}`)

  const licenses = await readFile(join(installed, 'dist', 'third-party-licenses.txt'), 'utf8')
  for (const name of names) {
    const [, text = ''] = licenses.split(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'))
    const [own = ''] = text.split(/^-{80}$/m)
    if (!/^Copyright/m.test(own) || !own.includes('THE SOFTWARE IS PROVIDED "AS IS"')) {
      throw new Error(`the license of ${name} is missing`)
    }
  }
}
