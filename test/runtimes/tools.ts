import { createHash } from 'node:crypto'
import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeProject } from '../package/packed.ts'

/** Each version of Node that something is tested on. The first is the oldest that the library is for. */
export const nodes = ['20.18.1', '20', '22', '24', '26']

/** Installs them. Resolves with a function from a version to its file. */
export async function installNodes(): Promise<(version: string) => string> {
  const platform = `${process.platform}-${process.arch}`
  const tools = await installTools(nodes.map((version) => `node-${version}@npm:node-${platform}@${version}`))
  return (version) => join(tools, 'node_modules', `node-${version}`, 'bin', 'node')
}

/** A folder with packages that are no dependencies of this repository. It is kept, and made anew when they change. */
export async function installTools(packages: readonly string[]): Promise<string> {
  const week = Math.floor(Date.now() / (7 * 24 * 3600 * 1000))
  const key = createHash('sha256')
    .update(JSON.stringify([packages, week]))
    .digest('hex')
    .slice(0, 12)
  const folder = join(tmpdir(), `participant-conversations-tools-${key}`)
  if (await exists(folder)) return folder
  // Two runs at once each make a folder of their own; the first to be ready gives it its name.
  const unfinished = await mkdtemp(`${folder}-`)
  await makeProject(unfinished, packages)
  await rename(unfinished, folder).catch(async (error) => {
    await rm(unfinished, { recursive: true })
    if (!(await exists(folder))) throw error
  })
  return folder
}

/** A file of a package of which there is one for each platform: the first that is there. */
export async function findInPlatformPackage(tools: string, scope: string, path: string): Promise<string> {
  const folder = join(tools, 'node_modules', scope)
  for (const name of await readdir(folder)) {
    if (await exists(join(folder, name, path))) return join(folder, name, path)
  }
  throw new Error(`${scope} has no package with ${path} for this platform`)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
