import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

const MAIN = new URL('../../src/main.js', import.meta.url)

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command to its end. `onOutput` receives the process once it has printed something. */
export async function runCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onOutput: (child: ChildProcess) => void = () => {},
): Promise<Outcome> {
  const child = fork(MAIN, [...args], { env, silent: true })
  let stdout = ''
  let stderr = ''
  child.stderr?.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout?.on('data', (chunk) => {
    stdout += chunk
  })
  child.stdout?.once('data', () => onOutput(child))
  const [code] = await once(child, 'close')
  return { code, stdout, stderr }
}
