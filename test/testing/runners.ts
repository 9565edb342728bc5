/**
 * Runs the test files of docs/testing.md as they stand there: packs the library as it would be published, installs it in an
 * empty project beside MSW and the test runners, and runs each file there, in Node, Bun and Deno. Run with tsx, after the
 * build. MSW 3 is for Node 22.12 and later.
 *
 *     npx tsx test/testing/runners.ts
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { installBunAndDeno } from '../runtimes/tools.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const execute = promisify(execFile)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const mswVersions = major > 22 || (major === 22 && minor >= 12) ? [2, 3] : [2]
const node = process.execPath
const { bun, deno } = await installBunAndDeno()

/** A way to run a test file of the guide. */
interface Run {
  readonly name: string
  /** The name of its block in the guide. */
  readonly block: string
  /** What the guide says to do with the lines of the block. Default: they are the whole file. */
  readonly edit?: (lines: string, blockOf: (name: string) => string) => string
  /** The major versions of MSW with which the file runs. Default: all. */
  readonly msw?: readonly number[]
  readonly command: (file: string) => readonly string[]
}

const RUNS: readonly Run[] = [
  {
    name: 'vitest',
    block: 'vitest',
    command: (file) => [node, 'node_modules/vitest/vitest.mjs', 'run', file],
  },
  {
    name: 'node:test',
    block: 'node:test',
    edit: (line, blockOf) => withImport(blockOf('vitest'), line),
    command: (file) => [node, '--test', file],
  },
  {
    name: 'bun test',
    block: 'bun',
    edit: (line, blockOf) => withImport(blockOf('vitest'), line),
    msw: [2],
    command: (file) => [bun, 'test', `./${file}`],
  },
  {
    name: 'deno test',
    block: 'deno',
    edit: (line, blockOf) => withImport(blockOf('vitest'), line),
    msw: [2],
    command: (file) => [deno, 'test', '--allow-env', file],
  },
  {
    name: 'deno test without handlers',
    block: 'deno-without-msw',
    edit: (line, blockOf) => withoutServer(withImport(blockOf('vitest'), blockOf('deno')), line),
    command: (file) => [deno, 'test', '--allow-env', file],
  },
  {
    name: 'Jest',
    block: 'jest',
    command: (file) => [node, 'node_modules/jest/bin/jest.js', '--testMatch', `**/${file}`],
  },
  {
    name: 'bun test, the file for Jest',
    block: 'jest',
    command: (file) => [bun, 'test', `./${file}`],
  },
]

/** How many tests passed, as Vitest and Jest, `node:test`, Bun, and Deno print it. */
const PASSED = /^\W*(?:Tests:?|# pass|ℹ pass|(?=\d+ pass$)|ok \|)\s*(\d+)/m

const blocks = await testBlocks()
const folder = await mkdtemp(join(tmpdir(), 'participant-conversations-'))
try {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root })
  const tarball = join(folder, JSON.parse(stdout)[0].filename)
  for (const msw of mswVersions) await runAll(tarball, msw)
} catch (error) {
  // The message has all that the runner printed, and the cause has it once more.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
}

interface TestBlock {
  readonly file: string
  readonly code: string
}

/** The blocks of code behind a comment such as `<!-- test:jest inbox.test.js -->`, by their name, which is `jest`. */
async function testBlocks(): Promise<ReadonlyMap<string, TestBlock>> {
  const text = await readFile(join(root, 'docs', 'testing.md'), 'utf8')
  const found = new Map(
    Array.from(
      text.matchAll(/<!-- test:(\S+) (\S+) -->\n```\w+\n(.*?)```\n/gs),
      ([, name = '', file = '', code = '']) => [name, { file, code }],
    ),
  )
  const unused = [...found.keys()].filter((name) => !RUNS.some(({ block }) => block === name))
  if (unused.length > 0)
    throw new Error(`docs/testing.md has test files that nobody runs: ${unused.join(', ')}`)
  return found
}

function blockNamed(name: string): TestBlock {
  const block = blocks.get(name)
  if (block === undefined) throw new Error(`docs/testing.md has no test file for ${name}`)
  return block
}

/** Other lines in place of the one that imports from Vitest. */
function withImport(code: string, lines: string): string {
  return code.replace(/^import .* from 'vitest'\n/m, () => lines)
}

/** Other lines in place of those that name MSW's server. */
function withoutServer(code: string, lines: string): string {
  const replaced = code.replace(/^const server = .*\n/m, () => lines)
  return replaced.replace(/^.*\b(setupServer|server)\b.*\n/gm, '')
}

async function runAll(tarball: string, msw: number): Promise<void> {
  const project = join(folder, `msw-${msw}`)
  await mkdir(project)
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }))
  const packages = [tarball, `msw@${msw}`, 'vitest@4', 'jest@30']
  await execute('npm', ['install', ...packages, '--no-audit', '--no-fund'], { cwd: project })
  for (const { name, block, edit, command } of RUNS.filter(({ msw: ran }) => ran?.includes(msw) ?? true)) {
    const { file, code } = blockNamed(block)
    const path = join(name.replace(/\W+/g, '-'), file)
    await mkdir(dirname(join(project, path)))
    await writeFile(join(project, path), edit?.(code, (other) => blockNamed(other).code) ?? code)
    await run(project, command(path), `${name} with MSW ${msw} on Node ${process.versions.node}`)
  }
}

async function run(project: string, [program = '', ...args]: readonly string[], what: string): Promise<void> {
  try {
    const { stdout, stderr } = await execute(program, args, { cwd: project, env: environment() })
    // A runner that finds no test would be content too.
    const [, passed] = PASSED.exec(strip(stdout + stderr)) ?? []
    if (!Number(passed)) throw new Error(`no test ran:\n${stdout}${stderr}`)
    console.log(`ok: ${what}: ${passed} tests`)
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout?: string; stderr?: string }
    throw new Error(`${what}: ${stdout === undefined ? message : `${stdout}${stderr}`}`, { cause: error })
  }
}

/** Without colors. */
function strip(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colors are written
  return text.replace(/\u001b\[\d+m/g, '')
}

/** Neither the credentials of this machine nor what an outer test runner says to its children. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME }
}
