/**
 * Compiles the packed types as users do: with the oldest and the newest TypeScript, each module resolution, with and
 * without the types of the DOM and of Node, and without `skipLibCheck`. Run by `npm run test:types-matrix`, after the
 * build.
 */
import { execFile } from 'node:child_process'
import { cp, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inTemporaryFolder, makeProject, pack } from '../package/packed.ts'

const execute = promisify(execFile)
const consumers = fileURLToPath(new URL('consumers', import.meta.url))

/** 5.4 is the first version with `NoInfer`. */
const compilers = ['5.4', '5.9', '6', '7']
const resolutions = ['node10', 'node16', 'nodenext', 'bundler']

/** What each resolution is used with. */
const modules: Readonly<Record<string, string>> = { node10: 'commonjs', bundler: 'esnext' }

/** TypeScript 7 has no node10, which ts-jest uses by default, and 6 deprecates it. */
function isKnown(compiler: string, resolution: string): boolean {
  return resolution !== 'node10' || !compiler.startsWith('7')
}

/** Without `esModuleInterop`, which zod's own types for CommonJS need. TypeScript 6 has deprecated that, and 7 ended it. */
function worksWithoutInterop(compiler: string): boolean {
  return compiler.startsWith('5')
}

const platforms = {
  'DOM and Node': { lib: ['es2022', 'dom'], types: ['node'] },
  DOM: { lib: ['es2022', 'dom'], types: [] },
  Node: { lib: ['es2022'], types: ['node'] },
  neither: { lib: ['es2022'], types: [] },
}

const programs = ['esm.mts', 'adapter.mts', 'schema.mts', 'cjs.cts', 'schema.cts']

interface Compilation {
  readonly compiler: string
  readonly resolution: string
  readonly platform: string
  readonly configuration: object
}

const compilations = compilers.flatMap((compiler) =>
  resolutions
    .filter((resolution) => isKnown(compiler, resolution))
    .flatMap((resolution) =>
      Object.entries(platforms).map(
        ([platform, { lib, types }]): Compilation => ({
          compiler,
          resolution,
          platform,
          configuration: {
            compilerOptions: {
              ...{ strict: true, skipLibCheck: false, noEmit: true, target: 'es2022', lib, types },
              module: modules[resolution] ?? resolution,
              esModuleInterop: platform !== 'neither' || !worksWithoutInterop(compiler),
              moduleResolution: resolution,
              ...(resolution === 'node10' && compiler === '6' && { ignoreDeprecations: '6.0' }),
            },
            // `import x = require()` works only with resolutions that support CommonJS.
            files: programs.filter((file) => resolution !== 'bundler' || file.endsWith('.mts')),
          },
        }),
      ),
    ),
)

const errors = await inTemporaryFolder(async (folder) => {
  const { tarball } = await pack(folder)
  const typescripts = compilers.map((version) => `typescript-${version}@npm:typescript@${version}`)
  await makeProject(folder, [tarball, '@types/node@20', 'zod@4', ...typescripts])
  await cp(consumers, folder, { recursive: true })
  const results = new Map<Compilation, string>()
  const waiting = [...compilations]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.set(next, await compile(folder, next))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return results
})

const columns = Object.keys(platforms)
console.log(`| TypeScript | moduleResolution | ${columns.join(' | ')} |`)
console.log(`|---|---|${columns.map(() => '---|').join('')}`)
for (const compiler of compilers) {
  for (const resolution of resolutions.filter((it) => isKnown(compiler, it))) {
    const row = compilations.filter((it) => it.compiler === compiler && it.resolution === resolution)
    console.log(
      `| ${compiler} | ${resolution} | ${row.map((it) => (errors.get(it) ? 'failed' : 'ok')).join(' | ')} |`,
    )
  }
}
const messages = new Set(errors.values())
messages.delete('')
for (const message of messages) console.error(`\n${message}`)
if (messages.size > 0) process.exitCode = 1

/** Resolves with the compiler's messages; '' if there are none. Those about zod's types, which need a `URL`, do not count. */
async function compile(folder: string, compilation: Compilation): Promise<string> {
  const { compiler, resolution, platform, configuration } = compilation
  const project = join(folder, `tsconfig.${compiler}.${resolution}.${platform.replaceAll(' ', '-')}.json`)
  await writeFile(project, JSON.stringify(configuration))
  const tsc = join(folder, 'node_modules', `typescript-${compiler}`, 'bin', 'tsc')
  return execute(process.execPath, [tsc, '--project', project, '--pretty', 'false'], { cwd: folder }).then(
    () => '',
    ({ stdout = '', stderr = '' }: { stdout?: string; stderr?: string }) => {
      const messages = `${stdout}${stderr}` || 'failed'
      return messages.replace(/^node_modules\/zod\/.*\n/gm, '')
    },
  )
}
