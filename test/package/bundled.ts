import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundled } from '../../tsup.config.ts'

/** The code of these packages is bundled and that of no others, and their licenses are in the package. */
export async function checkBundled(installed: string, files: readonly string[]): Promise<void> {
  const found = new Set<string>()
  for (const path of files.filter((file) => /^dist\/.*\.c?js$/.test(file))) {
    const code = await readFile(join(installed, path), 'utf8')
    for (const [, name = ''] of code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) found.add(name)
  }
  const names = [...found].sort()
  if (names.join() !== bundled.join()) {
    throw new Error(`bundled are ${names.join(', ')}, not ${bundled.join(', ')}`)
  }
  const licenses = await readFile(join(installed, 'dist', 'third-party-licenses.txt'), 'utf8')
  for (const name of bundled) {
    const [, text = ''] = licenses.split(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC)\\)$`, 'm'))
    const [own = ''] = text.split(/^-{80}$/m)
    if (!/^Copyright/m.test(own) || !/THE SOFTWARE IS PROVIDED ['"]AS IS['"]/.test(own)) {
      throw new Error(`the license of ${name} is missing`)
    }
  }
}
