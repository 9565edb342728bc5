/**
 * Lists with the packed library in every runtime that it is for, and after every common bundler, from the stand-in
 * over HTTP. Run by `npm run test:runtimes`, after the build. The runtimes are npm packages, kept in the folder for
 * temporary files.
 */
import { cp } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { entries } from '../package/exports.ts'
import { inTemporaryFolder, makeProject, pack } from '../package/packed.ts'
import { type Outcome, runProgram } from './program.ts'
import { programs } from './programs.ts'

const consumers = fileURLToPath(new URL('consumers', import.meta.url))

const outcomes = await inTemporaryFolder(async (folder) => {
  const { tarball } = await pack(folder)
  const project = join(folder, 'project')
  await makeProject(project, [tarball, 'zod@4'])
  await cp(consumers, project, { recursive: true })

  const waiting = [...(await programs(project, join(folder, 'bundles'))).entries()]
  const finished: [number, Outcome][] = []
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [position, program] = next
      finished.push([position, await runProgram(program)])
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return finished.sort(([a], [b]) => a - b).map(([, outcome]) => outcome)
})

console.log(`| runtime | version | HTTP by | ${entries.map((entry) => `\`${entry}\``).join(' | ')} |`)
console.log(`|---|---|---|${entries.map(() => '---|').join('')}`)
for (const { program, results } of outcomes) {
  const cells = entries.map((entry) => (results[entry] === 'ok' ? 'ok' : 'failed'))
  console.log(`| ${program.name} | ${program.version} | ${program.transport} | ${cells.join(' | ')} |`)
}
for (const { program, results } of outcomes) {
  for (const problem of new Set(Object.values(results))) {
    if (problem === 'ok') continue
    console.error(`\n${program.name}: ${problem.slice(0, 2000)}`)
    process.exitCode = 1
  }
}
