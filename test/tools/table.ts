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

/** Replaces the rows of the tools that were tried. The order is that of all names. */
export async function updateGuide(
  observations: readonly Observation[],
  names: readonly string[],
): Promise<void> {
  const text = await readFile(guide, 'utf8')
  const fresh = observations.map(rowOf)
  const rows = names.flatMap((name) => {
    const isOfTool = (line: string): boolean => line.startsWith(`| ${name} |`)
    return fresh.find(isOfTool) ?? text.split('\n').find(isOfTool) ?? []
  })
  await writeFile(
    guide,
    text.replace(/(?<=^\|---.*\n)(\|.*\n)*/m, () => rows.map((row) => `${row}\n`).join('')),
  )
}
