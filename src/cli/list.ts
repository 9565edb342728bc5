import { InvalidCursorError, type ListOptions, listParticipantConversations } from '../index.ts'
import { readCheckpoint, unusableCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { chooseFormat } from './choose-format.ts'
import { chooseProvider } from './choose-provider.ts'
import { EXIT } from './exit-codes.ts'
import { explain, type Failure, Interrupted } from './failure.ts'
import { participantOf } from './participant.ts'
import type { ListArguments } from './program.ts'
import { createProgress } from './progress.ts'
import { commandFrom } from './resume.ts'
import { ReaderGone, writeOut } from './stdout.ts'
import { tell } from './tell.ts'
import { UsageError } from './usage-error.ts'

/** Lists conversations on stdout, page by page. Resolves with the exit code; `args` are for the command that resumes. */
export async function list(options: ListArguments, args: readonly string[]): Promise<number> {
  const { checkpoint, pageSize, status, envFile, demo = false } = options
  checkCombinations(options)
  if (envFile !== undefined) loadEnvironment(envFile)
  const stored = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint)
  const start = stored?.cursor ?? options.cursor
  // A run that reached its limit is followed by one with the same, one that did not by its rest.
  const limit = (stored?.limit === options.limit && stored?.remaining) || options.limit
  const format = chooseFormat(options, stored !== undefined)
  const participant = participantOf(options)
  const failures: Failure[] = []
  const { provider, end } = await chooseProvider(options, participant, (error, name) => {
    const failure = explain(error)
    failures.push(failure)
    tell(`${failure.message}\nSome conversations on ${name} are missing.`)
  })
  const { signal, stop } = untilInterrupted()
  const progress = createProgress(process.stderr)
  let place: string | null | undefined = start
  let [conversations, pages, remaining] = [0, 0, limit]
  try {
    const query = { provider, participant, status }
    const listing = listParticipantConversations({
      ...query,
      limit,
      pageSize: pageSize ?? (demo ? 10 : undefined),
      cursor: start,
      signal,
    })
    if (checkpoint !== undefined && stored?.complete) {
      const isOfAnotherQuery = stored.cursor === undefined && (await cursorOfBeginning(query)) !== null
      if (isOfAnotherQuery) throw unusableCheckpoint(checkpoint)
      tell(`${checkpoint} says that this listing is complete. Delete it to start over.`)
      return EXIT.ok
    }
    for await (const page of listing.pages()) {
      progress.clear()
      await writeOut(format.page(page.items))
      place = page.nextCursor
      conversations += page.items.length
      pages += 1
      remaining = limit === undefined ? undefined : limit - conversations
      if (checkpoint !== undefined && place !== null) {
        await writeCheckpoint(checkpoint, { cursor: place, limit: options.limit, remaining })
      }
      // The total also counts what earlier runs have listed.
      progress.show({ conversations, pages, total: start === undefined ? page.total : null })
    }
    progress.clear()
    await writeOut(format.end?.() ?? '')
    if (checkpoint !== undefined && place === null) {
      const cursor = start ?? (await cursorOfBeginning(query)) ?? undefined
      await writeCheckpoint(checkpoint, { cursor, complete: true })
    }
    end()
    return failures[0]?.exitCode ?? EXIT.ok
  } catch (error) {
    progress.clear()
    if (error instanceof ReaderGone) return failures[0]?.exitCode ?? EXIT.ok
    const isCheckpointRefused = checkpoint !== undefined && error instanceof InvalidCursorError
    const { message, exitCode } = explain(isCheckpointRefused ? unusableCheckpoint(checkpoint, error) : error)
    const resume = exitCode === EXIT.usage ? null : howToResume(options, args, { place, pages, remaining })
    tell(resume === null ? message : `${message}\n${resume}`)
    return exitCode
  } finally {
    stop()
  }
}

/** @throws UsageError */
function checkCombinations({ checkpoint, cursor, keepGoing }: ListArguments): void {
  if (checkpoint === undefined) return
  if (cursor !== undefined) {
    throw new UsageError('--cursor and --checkpoint cannot be combined: pass one of them.')
  }
  // Its one position would be past what was skipped.
  if (keepGoing) {
    throw new UsageError(
      '--keep-going and --checkpoint cannot be combined, since a provider that was skipped would not be listed later either. Run the command once for each --provider, with a checkpoint of its own.',
    )
  }
}

/** null if no conversation can match. Nothing is requested. */
async function cursorOfBeginning(query: ListOptions): Promise<string | null> {
  const { nextCursor } = await listParticipantConversations({ ...query, limit: 0 }).page()
  return nextCursor
}

function howToResume(
  { checkpoint, output }: ListArguments,
  args: readonly string[],
  {
    place,
    pages,
    remaining,
  }: { place: string | null | undefined; pages: number; remaining: number | undefined },
): string | null {
  if (place === undefined) return null
  if (checkpoint !== undefined) return 'To continue, run the same command again.'
  if (place === null) return null
  const hasHeader = output === 'csv' && pages > 0
  return `To continue: ${commandFrom(args, { cursor: place, limit: remaining, hasHeader })}`
}

/** A signal that Ctrl-C aborts. A second Ctrl-C ends the process at once. */
function untilInterrupted(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort(new Interrupted())
  process.once('SIGINT', interrupt)
  return { signal: controller.signal, stop: () => process.off('SIGINT', interrupt) }
}

function loadEnvironment(file: string): void {
  try {
    process.loadEnvFile(file)
  } catch (error) {
    throw new UsageError(`Cannot read --env-file: ${error instanceof Error ? error.message : error}`)
  }
}
