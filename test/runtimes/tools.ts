import { createHash } from 'node:crypto'
import { access, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeProject } from '../package/packed.ts'

/** The tested versions of Node. The first one is the oldest that the library supports. */
export const nodes = ['20.18.1', '20', '22', '24', '26']

/** Installs them. Resolves with a function from a version to its file. */
export async function installNodes(): Promise<(version: string) => string> {
  const platform = `${process.platform}-${process.arch}`
  const tools = await installTools(nodes.map((version) => `node-${version}@npm:node-${platform}@${version}`))
  return (version) => join(tools, 'node_modules', `node-${version}`, 'bin', 'node')
}

/** Installs Bun and Deno. Resolves with the file of each. */
export async function installBunAndDeno(): Promise<{ bun: string; deno: string }> {
  const tools = await installTools(['bun', 'deno'])
  return {
    bun: await findInPlatformPackage(tools, '@oven', 'bin/bun'),
    deno: await findInPlatformPackage(tools, '@deno', 'deno'),
  }
}

/** Returns a folder with packages that are not dependencies of this repository. It is kept until they change. */
export async function installTools(packages: readonly string[]): Promise<string> {
  const week = Math.floor(Date.now() / (7 * 24 * 3600 * 1000))
  const key = createHash('sha256')
    .update(JSON.stringify([packages, week]))
    .digest('hex')
    .slice(0, 12)
  const folder = join(tmpdir(), `participant-conversations-tools-${key}`)
  if (await exists(folder)) return folder
  // Two runs at once each make their own folder; the first to finish gives its folder the name.
  const unfinished = await mkdtemp(`${folder}-`)
  await makeProject(unfinished, packages)
  await rename(unfinished, folder).catch(async (error) => {
    await rm(unfinished, { recursive: true })
    if (!(await exists(folder))) throw error
  })
  return folder
}

/** Returns a file of a package that exists once for each platform: the first one that is installed. */
async function findInPlatformPackage(tools: string, scope: string, path: string): Promise<string> {
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
