import { readFile, writeFile } from 'node:fs/promises'
import type { Observation } from './tool.ts'

const guide = new URL('../../docs/compatibility.md', import.meta.url)

export function tableOf(observations: readonly Observation[]): string {
  const rows = observations.map(rowOf)
  return ['| tool | version | runtime | result |', '|---|---|---|---|', ...rows].join('\n')
}

function rowOf({ name, version, runtime, result, isOk }: Observation): string {
  return `| ${name} | ${version} | ${runtime} | ${isOk ? result : 'failed'} |`
}

/** Replaces the rows of the tools that were tried, and leaves the others and the text around them. */
export async function updateGuide(observations: readonly Observation[]): Promise<void> {
  let text = await readFile(guide, 'utf8')
  for (const observation of observations) {
    const row = rowOf(observation)
    const old = text.split('\n').find((line) => line.startsWith(`| ${observation.name} |`))
    text =
      old === undefined
        ? text.replace(/((?:^\|.*\n)+)/m, (table) => `${table}${row}\n`)
        : text.replace(old, () => row)
  }
  await writeFile(guide, text)
}
