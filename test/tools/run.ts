/**
 * Tries the packed library with the tools that users have: `npm run test:tools`, after the build, tries all of them, and
 * `npm run test:tools -- "MSW 3" dd-trace` those that are named. With `--update`, writes docs/compatibility.md.
 */
import { join } from 'node:path'
import { inTemporaryFolder, pack } from '../package/packed.ts'
import { installNodes } from '../runtimes/tools.ts'
import { runtimeNames, tryRuntimes } from './cases/runtimes.ts'
import { tableOf, updateGuide } from './table.ts'
import { type Observation, tryTool } from './tool.ts'
import { tools } from './tools.ts'

// In the order of the table.
const known = [...tools.map(({ name }) => name), ...runtimeNames]
const named = process.argv.slice(2).filter((argument) => argument !== '--update')
const unknown = named.filter((name) => !known.includes(name))
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}; known: ${known.join(', ')}`)
const chosen = known.filter((name) => named.length === 0 || named.includes(name))

const observations = await inTemporaryFolder(async (folder) => {
  const nodeOf = await installNodes()
  const { tarball } = await pack(folder)
  const results: Observation[] = []
  for (const [index, tool] of tools.entries()) {
    if (!chosen.includes(tool.name)) continue
    const observation = await tryTool(tool, join(folder, `tool-${index}`), tarball, nodeOf(tool.node ?? '24'))
    console.error(`${observation.isOk ? 'ok' : 'not ok'}: ${tool.name}`)
    results.push(observation)
  }
  const runtimes = runtimeNames.filter((name) => chosen.includes(name))
  return [...results, ...(await tryRuntimes(runtimes, tarball))]
})

console.log(tableOf(observations))
for (const { name, result } of observations.filter(({ isOk }) => !isOk)) {
  process.exitCode = 1
  console.error(`\n${name}: ${result.slice(0, 4000)}`)
}
if (process.argv.includes('--update')) await updateGuide(observations, known)
