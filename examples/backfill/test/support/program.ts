import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

export const execute = promisify(execFile)

/** The path of an installed program, from PATH and other folders; throws with what to install. */
export async function findProgram(
  name: string,
  folders: readonly string[],
  install: string,
): Promise<string> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...folders]) {
    const path = join(folder, name)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  throw new Error(`"${name}" is not installed. ${install}`)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}

/** Tries until it works. */
export async function untilItWorks<T>(attempt: () => Promise<T>, withinMs: number): Promise<T> {
  const deadline = Date.now() + withinMs
  while (true) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/**
 * Calls back when the process ends by an error or by Ctrl-C, so that no service stays behind. What is called must be
 * synchronous. Returns what takes it back.
 */
export function onExit(callback: () => void): () => void {
  const exit = (): never => process.exit(130)
  process.once('exit', callback)
  process.once('SIGINT', exit)
  return () => {
    process.off('exit', callback)
    process.off('SIGINT', exit)
  }
}
