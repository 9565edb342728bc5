import { readFile, rename, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { OutputError } from './failure.ts'
import { UsageError } from './usage-error.ts'

const checkpointSchema = z.union([z.object({ cursor: z.string() }), z.object({ complete: z.literal(true) })])

/** The position of a listing: the cursor of the next page, or null after the last one. */
export type Place = string | null

/** Reads a checkpoint; undefined if there is none yet. @throws UsageError for a file of another kind */
export async function readCheckpoint(file: string): Promise<Place | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined
    throw new UsageError(`Cannot read the checkpoint: ${error instanceof Error ? error.message : error}`)
  }
  const { data } = z.safeParse(checkpointSchema, parseJson(text))
  if (data === undefined) throw new UsageError(`${file} is not a checkpoint of this command.`)
  return 'cursor' in data ? data.cursor : null
}

/** Replaces a checkpoint atomically: a reader finds either the old one or the new one, and never a part. */
export async function writeCheckpoint(file: string, place: Place): Promise<void> {
  const content = place === null ? { complete: true } : { cursor: place }
  try {
    await writeFile(`${file}.tmp`, `${JSON.stringify(content)}\n`)
    await rename(`${file}.tmp`, file)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new OutputError(`Cannot write the checkpoint: ${problem}`, { cause: error })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
