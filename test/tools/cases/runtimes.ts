import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inTemporaryFolder, makeProject } from '../../package/packed.ts'
import { runProgram } from '../../runtimes/program.ts'
import { programs } from '../../runtimes/programs.ts'
import type { Observation } from '../tool.ts'

const consumers = fileURLToPath(new URL('../../runtimes/consumers', import.meta.url))

/** The rows of `npm run test:runtimes` for runtimes other than Node, by their names in the table. */
const rows = { Bun: 'Bun, ESM', Deno: 'Deno', workerd: 'workerd, bundled by esbuild' }

export const runtimeNames: readonly string[] = Object.keys(rows)

/** Runs the scenario of `npm run test:runtimes` there: both providers, cursors, errors, and faults of the network. */
export async function tryRuntimes(names: readonly string[], tarball: string): Promise<Observation[]> {
  if (names.length === 0) return []
  return inTemporaryFolder(async (folder) => {
    const project = join(folder, 'project')
    await makeProject(project, [tarball, 'zod@4'])
    await cp(consumers, project, { recursive: true })
    const all = await programs(project, join(folder, 'bundles'))
    const observations: Observation[] = []
    for (const [name, row] of Object.entries(rows)) {
      const program = all.find((it) => it.name === row)
      if (program === undefined) throw new Error(`npm run test:runtimes has no ${row}`)
      if (!names.includes(name)) continue
      const { results } = await runProgram(program)
      const problems = Object.values(results).filter((result) => result !== 'ok')
      const result =
        problems.join('\n') || 'every entry lists, continues from a cursor, and survives network faults'
      const version = program.version.split(',')[0] ?? ''
      observations.push({ name, version, runtime: name, result, isOk: problems.length === 0 })
    }
    return observations
  })
}
