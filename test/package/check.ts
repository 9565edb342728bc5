/**
 * Packs the library as it would be published, looks at what is in the package, installs it into an empty project, and
 * uses it there: from ESM, from CommonJS and from TypeScript, over real HTTP. Run by `npm run test:package`, after the
 * build.
 */
import { execFile } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { COUNT } from '../support/example-accounts.ts'
import { checkBundled } from './bundled.ts'
import { exampleEnvironment, serveExample } from './example-server.ts'
import { checkExports } from './exports.ts'
import { checkLinks } from './links.ts'
import { inTemporaryFolder, makeProject, pack, root } from './packed.ts'
import { checkSourceMaps } from './source-maps.ts'
import { checkTreeShaking } from './tree-shaking.ts'

const consumers = fileURLToPath(new URL('consumers', import.meta.url))
const execute = promisify(execFile)

/** What each program in `consumers` prints. */
const listed = `twilio ${COUNT} bird ${COUNT} AuthenticationError 401`
const printed = {
  'esm.mjs': listed,
  'cjs.cjs': listed,
  'side-effects.mjs': 'no side effects',
  'without-globals.mjs': 'without globals',
}

/** The oldest versions with which `/schema` works, and where an app imports its own zod from. */
const zods = { '3.25.56': 'zod/v4', '4.0.0': 'zod' }

/** The same for those that need zod. */
const printedWithZod = {
  'schema.mjs': 'schema',
  'schema.cjs': 'schema',
  'entries.cjs': 'entries',
}

await inTemporaryFolder(async (folder) => {
  const { tarball, files, size, unpackedSize } = await pack(folder)
  console.log(`packed ${files.length} files: ${size} bytes, unpacked ${unpackedSize}`)
  await check('publint', () => run(folder, 'publint', tarball, '--strict'))
  await check('are the types wrong', () => run(folder, 'attw', tarball))

  await check('installs into an empty project', () => makeProject(folder, [tarball]))
  const installed = join(folder, 'node_modules', 'participant-conversations')
  await check('exports and files agree', () => checkExports(installed, files))
  await check('source maps have their sources', () => checkSourceMaps(installed, files))
  await check('links in the guides lead to files of the package', () => checkLinks(installed, files))
  await check('bundled packages come with their licenses', () => checkBundled(installed, files))

  await check('the command runs', async () => {
    const command = join(folder, 'node_modules', '.bin', 'participant-conversations')
    const { stdout } = await execute(command, ['list', '--demo'], { cwd: folder })
    const { length } = stdout.trim().split('\n')
    if (length !== 66) throw new Error(`it printed ${length} lines`)
  })

  await cp(consumers, folder, { recursive: true })
  const server = await serveExample()
  try {
    await runConsumers(folder, printed, exampleEnvironment(server))
  } finally {
    await server.close()
  }
  // npm refuses a package whose optional peers are there in other versions, although nothing may ever import them.
  await check('installs beside an older zod and MSW', () =>
    makeProject(folder, [tarball, 'zod@3.22', 'msw@1']),
  )
  await runConsumers(folder, { 'old-peers.mjs': 'old peers' }, {})
  for (const [version, ZOD] of Object.entries(zods)) {
    await check(`installs beside zod ${version}`, () => makeProject(folder, [tarball, `zod@${version}`]))
    await runConsumers(folder, printedWithZod, { ZOD })
    await checkTypes(folder)
  }
  await check('what is not imported is not bundled', () => checkTreeShaking(folder))
})

async function checkTypes(folder: string): Promise<void> {
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false']
  const options = ['--noEmit', '--module', 'nodenext', '--target', 'es2022', ...strict]
  await check('types.mts, types.cts', () => run(folder, 'tsc', ...options, 'types.mts', 'types.cts'))
}

async function runConsumers(cwd: string, consumers: object, env: Record<string, string>): Promise<void> {
  for (const [consumer, expected] of Object.entries(consumers)) {
    await check(consumer, async () => {
      const { stdout } = await execute(process.execPath, [consumer], { cwd, env })
      if (stdout.trim() !== expected) throw new Error(`it printed ${stdout}, not ${expected}`)
    })
  }
}

async function check(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw new Error(`not ok: ${what}`, { cause: error })
  }
  console.log(`ok: ${what}`)
}

/** Runs a tool of this folder, or of the repository. */
async function run(cwd: string, tool: string, ...args: string[]): Promise<void> {
  try {
    const own = join(root, 'test', 'package', 'node_modules', '.bin')
    const PATH = [own, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    await execute(tool, args, { cwd, env: { ...process.env, PATH } })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}
