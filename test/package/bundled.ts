import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The packages whose code is in the library: what it stands on, and what that depends on. */
const inLibrary = ['is-network-error', 'leven', 'p-retry', 'zod']

/** Those whose code is in the command. */
const inCommand = [
  'ansi-regex',
  'commander',
  'csv-stringify',
  'get-east-asian-width',
  'picocolors',
  'string-width',
  'zod',
]

const command = 'dist/cli.js'

/** The code of these packages is bundled and that of no others, and their licenses are in the package. */
export async function checkBundled(installed: string, files: readonly string[]): Promise<void> {
  const code = files.filter((file) => /^dist\/.*\.c?js$/.test(file))
  const library = code.filter((file) => file !== command)
  await checkPackages(installed, library, inLibrary)
  await checkPackages(installed, [command], inCommand)

  const licenses = await readFile(join(installed, 'dist', 'third-party-licenses.txt'), 'utf8')
  for (const name of new Set([...inLibrary, ...inCommand])) {
    const [, text = ''] = licenses.split(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC)\\)$`, 'm'))
    const [own = ''] = text.split(/^-{80}$/m)
    if (!/^Copyright/m.test(own) || !/THE SOFTWARE IS PROVIDED ['"]AS IS['"]/.test(own)) {
      throw new Error(`the license of ${name} is missing`)
    }
  }
}

/** Each file names the packages in it, above their code or at its beginning. */
async function checkPackages(
  installed: string,
  files: readonly string[],
  expected: readonly string[],
): Promise<void> {
  const found = new Set<string>()
  for (const path of files) {
    const code = await readFile(join(installed, path), 'utf8')
    for (const [, name = ''] of code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) found.add(name)
  }
  const names = [...found].sort()
  if (names.join() !== expected.join())
    throw new Error(`bundled are ${names.join(', ')}, not ${expected.join(', ')}`)
}
