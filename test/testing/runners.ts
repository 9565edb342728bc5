/**
 * Runs the test files of docs/testing.md as they stand there: packs the library as it would be published, installs it in an
 * empty project beside MSW and the test runners, and runs each file there. Run with tsx, after the build. MSW 3 is for
 * Node 22.12 and later.
 *
 *     npx tsx test/testing/runners.ts
 */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const execute = promisify(execFile)
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const mswVersions = major > 22 || (major === 22 && minor >= 12) ? [2, 3] : [2]

const RUNNERS: Record<string, (file: string) => readonly string[]> = {
  vitest: (file) => ['node_modules/vitest/vitest.mjs', 'run', file],
  'node:test': (file) => ['--test', file],
  jest: (file) => ['node_modules/jest/bin/jest.js', '--testMatch', `**/${file}`],
}

const files = await testFiles()
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

interface TestFile {
  readonly runner: string
  readonly name: string
  readonly code: string
}

/** The blocks of code behind a comment such as `<!-- test:jest inbox.test.js -->`. */
async function testFiles(): Promise<TestFile[]> {
  const text = await readFile(join(root, 'docs', 'testing.md'), 'utf8')
  const blocks = [...text.matchAll(/<!-- test:(\S+) (\S+) -->\n```\w+\n(.*?)```\n/gs)].map(
    ([, runner = '', name = '', code = '']) => ({ runner, name, code }),
  )
  const vitest = blocks.find(({ runner }) => runner === 'vitest')
  if (vitest === undefined || blocks.length !== Object.keys(RUNNERS).length) {
    throw new Error(`docs/testing.md has test files for ${blocks.map(({ runner }) => runner).join(', ')}`)
  }
  // For node:test there is one line, in the place of another one.
  const line = /^import .* from 'vitest'\n/m
  return blocks.map((block) =>
    block.runner === 'node:test' ? { ...block, code: vitest.code.replace(line, () => block.code) } : block,
  )
}

async function runAll(tarball: string, msw: number): Promise<void> {
  const project = join(folder, `msw-${msw}`)
  await mkdir(project)
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }))
  const packages = [tarball, `msw@${msw}`, 'vitest@4', 'jest@30']
  await execute('npm', ['install', ...packages, '--no-audit', '--no-fund'], { cwd: project })
  for (const { runner, name, code } of files) {
    const path = join(project, runner.replace(':', '-'), name)
    await mkdir(dirname(path))
    await writeFile(path, code)
    const args = RUNNERS[runner]?.(join(runner.replace(':', '-'), name)) ?? []
    await run(project, args, `${runner} with MSW ${msw} on Node ${process.versions.node}`)
  }
}

async function run(project: string, args: readonly string[], what: string): Promise<void> {
  try {
    const { stdout, stderr } = await execute(process.execPath, args, { cwd: project, env: environment() })
    // A runner that finds no test would be content too.
    const [, passed] = /^\W*(?:Tests:?|# pass|ℹ pass)\s+(\d+)/m.exec(strip(stdout + stderr)) ?? []
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
