import { execFile } from 'node:child_process'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { exampleEnvironment, serveExample } from '../package/example-server.ts'
import { makeProject } from '../package/packed.ts'

const execute = promisify(execFile)
const consumers = fileURLToPath(new URL('consumers', import.meta.url))

/** A tool of users, and how to see that the library works with it. */
export interface Tool {
  /** Also what it is called on the command line. */
  readonly name: string
  /** The first one is the tool, and its version is shown. */
  readonly packages: readonly string[]
  /** The major version of Node that runs it. Default: 24. */
  readonly node?: string
  /** Resolves with what was observed; rejects if that is not what users need. */
  readonly observe: (project: Project) => Promise<string>
}

/** A project that has the packed library and the tool. */
export interface Project {
  readonly folder: string
  readonly tarball: string
  /** Runs Node there, with the stand-in in the environment. Resolves with what it printed. */
  readonly node: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>
  /** What the stand-in's environment is, for programs that are no children of `node`. */
  readonly environment: Readonly<Record<string, string>>
  /** The requests that the stand-in has seen. */
  readonly requests: readonly Request[]
}

export interface Observation {
  readonly name: string
  readonly version: string
  readonly runtime: string
  /** What was observed, or what went wrong. */
  readonly result: string
  readonly isOk: boolean
}

/** Installs a tool beside the library and tries it, against a stand-in of its own. */
export async function tryTool(
  { name, packages, node = '24', observe }: Tool,
  folder: string,
  tarball: string,
  nodeFile: string,
): Promise<Observation> {
  const runtime = `Node ${node}`
  const requests: Request[] = []
  const server = await serveExample((request) => requests.push(request))
  // The package managers reach their registry as npm does.
  const { NODE_EXTRA_CA_CERTS = '' } = process.env
  // Beside the project: tools do not look for a project in somebody's home.
  const HOME = `${folder}-home`
  const environment = { ...exampleEnvironment(server), HOME, NO_COLOR: '1', NODE_EXTRA_CA_CERTS }
  try {
    await mkdir(HOME, { recursive: true })
    await makeProject(folder, [tarball, ...packages])
    await cp(consumers, folder, { recursive: true })
    const run: Project['node'] = async (args, env) => {
      const options = {
        cwd: folder,
        env: { ...environment, ...env },
        timeout: 600_000,
        maxBuffer: 64 * 1024 * 1024,
      }
      const { stdout } = await execute(nodeFile, args, options)
      return stdout.trim()
    }
    const result = await observe({ folder, tarball, node: run, environment, requests })
    return { name, version: await versionOf(folder, packages), runtime, result, isOk: true }
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string }
    return { name, version: '', runtime, result: `${message}\n${stdout}${stderr}`, isOk: false }
  } finally {
    await server.close()
  }
}

async function versionOf(folder: string, [first = '']: readonly string[]): Promise<string> {
  const name = first.replace(/(?<=.)@.*/, '')
  const manifest = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8')
  return JSON.parse(manifest).version
}
