import { readFile, readlink, realpath, rename, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as z from 'zod/mini'
import type { InvalidCursorError } from '../index.ts'
import { OutputError } from './failure.ts'
import { UsageError } from './usage-error.ts'

const checkpointSchema = z
  .object({
    /**
     * Where to continue. In a complete listing, any cursor of its query, since a cursor is refused by other queries.
     * Only a query that no conversation can match has none.
     */
    cursor: z.optional(z.string()),
    complete: z.optional(z.literal(true)),
    /** What `--limit` was. */
    limit: z.optional(z.int()),
    /** How much of the limit is left; 0 if it has been reached. */
    remaining: z.optional(z.int().check(z.nonnegative())),
  })
  .check(z.refine(({ cursor, complete }) => cursor !== undefined || complete === true))

/** How far a listing has got. */
export type Checkpoint = z.infer<typeof checkpointSchema>

/** Reads a checkpoint; undefined if there is none yet. @throws UsageError for a file of another kind */
export async function readCheckpoint(file: string): Promise<Checkpoint | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined
    throw new UsageError(`Cannot read the checkpoint: ${error instanceof Error ? error.message : error}`)
  }
  const { data } = z.safeParse(checkpointSchema, parseJson(text))
  if (data === undefined) {
    throw new UsageError(
      `${file} is not a checkpoint of this command. Name another file, or delete this one to start from the beginning.`,
    )
  }
  return data
}

/** Returns what is left of the limit. After a run that reached it, the limit starts again. */
export function limitFor(stored: Checkpoint | undefined, limit: number | undefined): number | undefined {
  return stored?.remaining && stored.limit === limit ? stored.remaining : limit
}

/** Replaces a checkpoint atomically: a reader finds either the old one or the new one, and never a part. */
export async function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  try {
    const target = await targetOf(file)
    await writeFile(`${target}.tmp`, `${JSON.stringify(checkpoint)}\n`)
    await rename(`${target}.tmp`, target)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new OutputError(`Cannot write the checkpoint: ${problem}`, { cause: error })
  }
}

/** The error for a checkpoint of another query, or one whose cursor the library refused. */
export function unusableCheckpoint(file: string, cause?: InvalidCursorError): UsageError {
  return new UsageError(
    `Cannot continue from ${file}: it is damaged, or belongs to another query or another version of this package. Account, participant, provider, service, channel and status must be the same. Name another file, or delete this one to start from the beginning.`,
    { cause },
  )
}

/**
 * Follows symbolic links, which would be replaced otherwise, even to a file that does not exist yet. A path that cannot
 * be read as a link is used as it is; if it cannot be written, writing reports that.
 */
async function targetOf(file: string): Promise<string> {
  const link = await readlink(file).catch(() => null)
  return link === null ? file : targetOf(resolve(await realpath(dirname(file)), link))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
