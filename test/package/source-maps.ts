import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Each source map that the code names is in the package, with its sources, and stack traces lead to the right lines. */
export async function checkSourceMaps(installed: string, files: readonly string[]): Promise<void> {
  for (const path of files.filter((file) => /^dist\/.*\.(c?js|d\.c?ts)$/.test(file))) {
    const code = await readFile(join(installed, path), 'utf8')
    const name = /^\/\/# sourceMappingURL=(.+)$/m.exec(code)?.[1]
    if (name === undefined) continue
    const map: { sources: string[] } = JSON.parse(await readFile(join(installed, 'dist', name), 'utf8'))
    const missing = map.sources.filter((source) => !files.includes(posix.join('dist', source)))
    if (missing.length > 0) throw new Error(`${name} names sources that are not there: ${missing.join(', ')}`)
  }
  await checkStackTrace(installed)
}

/** The first line of a stack trace is the one that creates the error. */
async function checkStackTrace(installed: string): Promise<void> {
  const code = `import('participant-conversations').then(({ bird }) => bird({ accessKey: 1 })).catch(({ stack }) => console.log(stack))`
  const { stdout } = await execute(process.execPath, ['--enable-source-maps', '-e', code], { cwd: installed })
  const [, file, line] = /participant-conversations\/(src\/[\w/-]+\.ts):(\d+)/.exec(stdout) ?? []
  const source = file && (await readFile(join(installed, file), 'utf8')).split('\n')[Number(line) - 1]
  if (!source?.includes('new ConfigurationError'))
    throw new Error(`the stack trace leads elsewhere: ${stdout}`)
}
