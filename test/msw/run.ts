/**
 * Tests the packed library as users test their apps: with MSW 2 and 3 and with undici's mocks, in vitest and in Jest.
 * Run by `npm run test:msw`, after the build.
 */
import { execFile } from 'node:child_process'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inTemporaryFolder, makeProject, pack } from '../package/packed.ts'
import { installNodes } from '../runtimes/tools.ts'

const execute = promisify(execFile)
const consumers = fileURLToPath(new URL('consumers', import.meta.url))

/** What an app has installed, by the major version of MSW. */
const projects = {
  // The versions that run on Node 20.
  2: ['msw@2', 'vitest@4', 'jest@30', '@babel/plugin-transform-modules-commonjs@7', 'undici@7'],
  // The app has another major version of undici than the library.
  3: ['msw@3', 'vitest@5', 'jest@30', 'undici@8'],
}

const runners = {
  vitest: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json'],
  'Jest, CommonJS, compiled': jest('jest.compiled.config.cjs'),
  'Jest, CommonJS': ['--experimental-vm-modules', ...jest('jest.cjs.config.cjs')],
  'Jest, ESM': ['--experimental-vm-modules', ...jest('jest.esm.config.cjs')],
}

interface Run {
  readonly msw: keyof typeof projects
  readonly node: string
  readonly runner: keyof typeof runners
}

const runs: readonly Run[] = [
  { msw: 2, node: '20', runner: 'vitest' },
  { msw: 2, node: '20', runner: 'Jest, CommonJS, compiled' },
  { msw: 2, node: '20', runner: 'Jest, ESM' },
  { msw: 3, node: '22', runner: 'vitest' },
  { msw: 3, node: '22', runner: 'Jest, ESM' },
  { msw: 3, node: '24', runner: 'vitest' },
  { msw: 3, node: '24', runner: 'Jest, ESM' },
  // Before Node 24.9 Jest cannot require MSW 3.
  { msw: 3, node: '24', runner: 'Jest, CommonJS' },
  { msw: 3, node: '26', runner: 'vitest' },
]

/** The report of both runners, in Jest's format. */
interface Report {
  readonly numTotalTests: number
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

const reports = await inTemporaryFolder(async (folder) => {
  const nodeOf = await installNodes()
  const { tarball } = await pack(folder)
  const results = new Map<Run, Report>()
  const runProject = async (msw: keyof typeof projects): Promise<void> => {
    const project = join(folder, `msw-${msw}`)
    await makeProject(project, [tarball, ...projects[msw]])
    await cp(consumers, project, { recursive: true })
    for (const run of runs.filter((it) => it.msw === msw)) {
      results.set(run, await runTests(run, project, nodeOf(run.node)))
    }
  }
  await Promise.all([runProject(2), runProject(3)])
  return results
})

console.log('| MSW | Node | runner | passed |\n|---|---|---|---|')
for (const run of runs) {
  const { numPassedTests = 0, numTotalTests = 0 } = reports.get(run) ?? {}
  console.log(`| ${run.msw} | ${run.node} | ${run.runner} | ${numPassedTests} of ${numTotalTests} |`)
}
for (const [{ msw, node, runner }, report] of reports) {
  const failures = report.testResults.flatMap(({ message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status !== 'passed')
    // A file that could not be loaded has only a message.
    if (assertionResults.length === 0) return [message || 'a file without tests']
    return failed.map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`)
  })
  if (report.testResults.length !== 3) failures.push(`${report.testResults.length} files of tests, not 3`)
  if (failures.length > 0) process.exitCode = 1
  for (const failure of failures) console.error(`\nMSW ${msw}, Node ${node}, ${runner}: ${failure}`)
}

function jest(config: string): string[] {
  return ['node_modules/jest/bin/jest.js', '--json', '--forceExit', '--config', config]
}

async function runTests({ msw, node, runner }: Run, project: string, nodeFile: string): Promise<Report> {
  const output = join(project, `report-${node}-${runner.replaceAll(/\W+/g, '-')}.json`)
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, MSW: String(msw), NO_COLOR: '1' }
  const args = [...runners[runner], `--outputFile=${output}`]
  const printed = await execute(nodeFile, args, { cwd: project, env, timeout: 600_000 }).catch(
    // Failed tests are in the report. Without a report, the output says why.
    (error: { stdout?: string; stderr?: string }) => error,
  )
  const report = await readFile(output, 'utf8').catch(() => {
    throw new Error(`MSW ${msw}, Node ${node}, ${runner} has no report:\n${printed.stdout}${printed.stderr}`)
  })
  return JSON.parse(report)
}
