import type { AnyConversation, ConversationList } from '../index.ts'
import type { Activity } from './activity.ts'
import { writeCheckpoint } from './checkpoint.ts'
import type { Format } from './format.ts'
import type { Reporter } from './reporter.ts'
import { writeOut } from './stdout.ts'

/** How far a run has got. */
export interface Run {
  /** Where the next run continues: undefined is the beginning, null the end. */
  place: string | null | undefined
  conversations: number
  pages: number
  /** What is left of the limit. */
  remaining: number | undefined
}

export interface PrintOptions {
  readonly format: Format
  /** Whether earlier runs have listed a part, which a total also counts. */
  readonly isContinued: boolean
  /** The file for the position after each page. */
  readonly checkpoint: string | undefined
  /** The whole limit, of which `remaining` is left. */
  readonly limit: number | undefined
  readonly reporter: Reporter
  readonly activity: Activity
}

/** Prints a listing page by page, and keeps `run` and the checkpoint up to date. @throws ReaderGone, OutputError */
export async function printPages(
  listing: ConversationList<AnyConversation>,
  run: Run,
  { format, isContinued, checkpoint, limit, reporter, activity }: PrintOptions,
): Promise<void> {
  try {
    for await (const { items, nextCursor, total } of listing.pages()) {
      reporter.clearStatus()
      await writeOut(format.page(items))
      run.place = nextCursor
      run.conversations += items.length
      run.pages += 1
      if (run.remaining !== undefined) run.remaining -= items.length
      if (checkpoint !== undefined && nextCursor !== null) {
        await writeCheckpoint(checkpoint, { cursor: nextCursor, limit, remaining: run.remaining })
      }
      activity.progress({ ...run, total: isContinued ? null : total })
    }
  } finally {
    reporter.clearStatus()
  }
  await writeOut(format.end?.() ?? '')
}
