import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The folder of this example, and that of the library. */
export const INBOX = fileURLToPath(new URL('..', import.meta.url))
export const LIBRARY = fileURLToPath(new URL('../../..', import.meta.url))

/** Installs what the example needs, unless it is there. */
export async function install(): Promise<void> {
  if (await isOlder(`${INBOX}/node_modules/.package-lock.json`, [`${INBOX}/package-lock.json`])) {
    await run('npm', ['ci', '--no-audit', '--no-fund'], INBOX)
  }
}

/** Builds the library, if its sources have changed since, and the page. */
export async function build(): Promise<void> {
  const sources = await readdir(`${LIBRARY}/src`, { recursive: true })
  const files = ['package.json', 'tsup.config.ts', ...sources.map((path) => `src/${path}`)]
  if (
    await isOlder(
      `${LIBRARY}/dist/testing.d.ts`,
      files.map((path) => `${LIBRARY}/${path}`),
    )
  ) {
    await run('npm', ['run', 'build'], LIBRARY)
  }
  await run('npx', ['vite', 'build', '--logLevel', 'warn'], INBOX)
}

/** Runs a command whose output is shown. Rejects if it fails. */
export function run(command: string, args: readonly string[], cwd: string, env = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'inherit',
      // npm and npx are scripts there.
      shell: process.platform === 'win32',
    })
    // Ctrl-C reaches the child too, but this signal would leave it behind.
    const stop = (): void => void child.kill('SIGTERM')
    process.once('SIGTERM', stop)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', stop)
      if (code === 0) resolve()
      else reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`))
    })
  })
}

/** Whether a file is missing, or was written before one of the sources. */
async function isOlder(file: string, sources: readonly string[]): Promise<boolean> {
  const written = await stat(file).catch(() => null)
  if (written === null) return true
  const changes = await Promise.all(sources.map((source) => stat(source)))
  return changes.some(({ mtimeMs }) => mtimeMs > written.mtimeMs)
}
