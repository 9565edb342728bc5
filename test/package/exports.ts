import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** What users can import, and nothing else. */
export const entries = ['.', './twilio', './bird', './adapter', './schema', './testing']

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, unknown>>
  readonly imports: Readonly<Record<string, unknown>>
  readonly bin: Readonly<Record<string, string>>
}

/**
 * Compares `exports` with the files of the installed package: each file that is exported is there, and each file in
 * `dist` is one that an entry leads to, or the source map of such a file.
 */
export async function checkExports(installed: string, files: readonly string[]): Promise<void> {
  const manifest: Manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  const names = Object.keys(manifest.exports)
  const expected = [...entries, './package.json']
  if (names.join() !== expected.join()) {
    throw new Error(`exports has the entries ${names.join(', ')}, not ${expected.join(', ')}`)
  }

  const named = [manifest.exports, manifest.imports].flatMap(targets)
  const missing = named.filter((path) => !files.includes(path))
  if (missing.length > 0) throw new Error(`package.json names files that are missing: ${missing.join(', ')}`)

  const commands = Object.values(manifest.bin)
  const notThere = commands.filter((path) => !files.includes(path))
  if (notThere.length > 0) throw new Error(`bin names files that are not there: ${notThere.join(', ')}`)
  await checkLoadsNo(installed, new Set(named), commands)

  const reached = new Set([...named, ...commands, 'dist/third-party-licenses.txt'])
  for (const path of reached) {
    for (const next of await importsOf(installed, path)) reached.add(next)
  }
  const left = files.filter((path) => path.startsWith('dist/') && !reached.has(path.replace(/\.map$/, '')))
  if (left.length > 0) throw new Error(`no entry leads to ${left.join(', ')}`)
}

/** Importing the library loads nothing of the command. */
async function checkLoadsNo(
  installed: string,
  exported: ReadonlySet<string>,
  commands: readonly string[],
): Promise<void> {
  const loaded = new Set(exported)
  for (const path of loaded) for (const next of await importsOf(installed, path)) loaded.add(next)
  const wrong = commands.filter((path) => loaded.has(path))
  if (wrong.length > 0) throw new Error(`an entry loads the command ${wrong.join(', ')}`)
}

/** A condition leads to a path or to further conditions. */
function targets(target: unknown): string[] {
  if (typeof target === 'string') return [posix.normalize(target)]
  return Object.values(target ?? {}).flatMap(targets)
}

/** The files of the package that a module asks for; those of types, where it is one of types. */
async function importsOf(installed: string, path: string): Promise<string[]> {
  if (!/\.c?[jt]s$/.test(path)) return []
  const code = await readFile(join(installed, path), 'utf8')
  const specifiers = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"](\.{1,2}\/[^'"]+)['"]/g)
  return Array.from(specifiers, ([, specifier = '']) => {
    const target = posix.join(posix.dirname(path), specifier)
    return /\.d\.c?ts$/.test(path) ? target.replace(/\.(c?)js$/, '.d.$1ts') : target
  })
}
