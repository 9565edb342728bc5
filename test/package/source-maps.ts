import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Each source map that the code names is in the package, and so are its sources: nothing of others is bundled. */
export async function checkSourceMaps(installed: string, files: readonly string[]): Promise<void> {
  for (const path of files.filter((file) => /^dist\/.*\.c?js$/.test(file))) {
    const code = await readFile(join(installed, path), 'utf8')
    const name = /^\/\/# sourceMappingURL=(.+)$/m.exec(code)?.[1]
    if (name === undefined) continue
    const map: { sources: string[] } = JSON.parse(await readFile(join(installed, 'dist', name), 'utf8'))
    const missing = map.sources.filter((source) => !files.includes(posix.join('dist', source)))
    if (missing.length > 0) throw new Error(`${name} names sources that are not there: ${missing.join(', ')}`)
  }
}
