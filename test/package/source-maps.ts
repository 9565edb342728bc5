import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './packed.ts'

const execute = promisify(execFile)

interface SourceMap {
  readonly sources: readonly string[]
  readonly sourcesContent?: readonly (string | null)[]
}

/** Each source map that the code names is in the package, with the text of its sources, which stack traces lead to. */
export async function checkSourceMaps(installed: string, files: readonly string[]): Promise<void> {
  for (const path of files.filter((file) => /^dist\/.*\.(c?js|d\.c?ts)$/.test(file))) {
    const code = await readFile(join(installed, path), 'utf8')
    const name = /^\/\/# sourceMappingURL=(.+)$/m.exec(code)?.[1]
    if (name === undefined) continue
    const { sources, sourcesContent }: SourceMap = JSON.parse(
      await readFile(join(installed, 'dist', name), 'utf8'),
    )
    const missing = sources.filter((_, index) => typeof sourcesContent?.[index] !== 'string')
    if (missing.length > 0) throw new Error(`${name} lacks the text of ${missing.join(', ')}`)
  }
  await checkStackTrace(installed)
}

/** The first line of a stack trace is the one that creates the error. */
async function checkStackTrace(installed: string): Promise<void> {
  const code = `import('participant-conversations').then(({ bird }) => bird({ accessKey: 1 })).catch(({ stack }) => console.log(stack))`
  const { stdout } = await execute(process.execPath, ['--enable-source-maps', '-e', code], { cwd: installed })
  const [, file, line] = /participant-conversations\/(src\/[\w/-]+\.ts):(\d+)/.exec(stdout) ?? []
  const source = file && (await readFile(join(root, file), 'utf8')).split('\n')[Number(line) - 1]
  if (!source?.includes('new ConfigurationError'))
    throw new Error(`the stack trace leads elsewhere: ${stdout}`)
}
