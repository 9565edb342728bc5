import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project, Tool } from '../tool.ts'

/** Each installs the packed library into a project of its own, which lists with it. */
export const packageManagers: readonly Tool[] = [
  { name: 'pnpm', packages: ['pnpm'], observe: observePnpm },
  { name: 'Yarn PnP', packages: ['@yarnpkg/cli-dist'], observe: observeYarn },
]

async function observePnpm(project: Project): Promise<string> {
  const { folder, node } = project
  const app = await makeApp(project)
  const pnpm = join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs')
  await node([pnpm, '--dir', app, 'install'], { CI: 'true' })
  return checkListed(
    await node([join(app, 'listing.mjs')]),
    'installs and lists, undici being no dependency of the app',
  )
}

async function observeYarn(project: Project): Promise<string> {
  const { folder, node } = project
  const app = await makeApp(project)
  const yarn = join(folder, 'node_modules', '@yarnpkg', 'cli-dist', 'bin', 'yarn.js')
  await writeFile(
    join(app, '.yarnrc.yml'),
    'nodeLinker: pnp\nenableTelemetry: false\nenableGlobalCache: false\n',
  )
  await writeFile(join(app, 'yarn.lock'), '')
  const inApp = (...args: string[]): Promise<string> => node([yarn, '--cwd', app, ...args], { CI: '' })
  await inApp('install')
  return checkListed(await inApp('node', 'listing.mjs'), 'installs without `node_modules` and lists')
}

/** A project that depends on nothing but the packed library. */
async function makeApp({ folder, tarball }: Project): Promise<string> {
  const app = join(folder, 'app')
  await mkdir(app)
  const dependencies = { 'participant-conversations': `file:${tarball}` }
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, dependencies }))
  await copyFile(join(folder, 'list.mjs'), join(app, 'list.mjs'))
  await writeFile(
    join(app, 'listing.mjs'),
    `import { listBoth } from './list.mjs'\nawait listBoth()\nconsole.log('listed')\n`,
  )
  return app
}

function checkListed(printed: string, result: string): string {
  if (printed.trim() !== 'listed') throw new Error(`it printed ${printed}`)
  return result
}
