import { InvalidCursorError, type ListOptions, listParticipantConversations } from '../index.ts'
import {
  type Checkpoint,
  limitFor,
  readCheckpoint,
  unusableCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts'
import { chooseFormat } from './choose-format.ts'
import { checkOptionsOf, chooseProviders } from './choose-providers.ts'
import { EXIT } from './exit-codes.ts'
import { explain, type Failure, Interrupted } from './failure.ts'
import { nothingFound } from './nothing-found.ts'
import { participantsOf } from './participant.ts'
import { printPages, type Run } from './print-pages.ts'
import type { ListArguments } from './program.ts'
import { commandFrom } from './resume.ts'
import { ReaderGone } from './stdout.ts'
import { tell } from './tell.ts'
import { UsageError } from './usage-error.ts'

/** Lists conversations on stdout, page by page. Returns the exit code; `args` are for the command that resumes. */
export async function list(options: ListArguments, args: readonly string[]): Promise<number> {
  const { checkpoint, pageSize, status, envFile, limit, demo = false } = options
  checkCombinations(options)
  if (envFile !== undefined) loadEnvironment(envFile)
  const stored = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint)
  const cursor = stored?.cursor ?? options.cursor
  const createFormat = chooseFormat(options, stored !== undefined)
  const participants = participantsOf(options)
  const { providers, end } = await chooseProviders(options)
  const format = createFormat(providers.map(({ name }) => name))
  const isNamed = options.provider !== undefined || options.adapter !== undefined
  const failures: Failure[] = []
  const unable = new Set<string>()
  const query: ListOptions = {
    provider: providers,
    participant: participants,
    status,
    onSourceError(error, { provider: { name }, form }) {
      // An identity means Twilio, an id Bird: a provider that was not named, and cannot look one up, is not meant.
      if (form === null && !isNamed) {
        unable.add(name)
        return 'skip'
      }
      if (!options.keepGoing) return 'throw'
      const failure = explain(error)
      failures.push(failure)
      tell(`${failure.message}\nSome conversations on ${name} are missing.`)
      return 'skip'
    },
  }
  const run: Run = { place: cursor, conversations: 0, pages: 0, remaining: limitFor(stored, limit) }
  const { signal, stop } = untilInterrupted()
  try {
    const listing = listParticipantConversations({
      ...query,
      limit: run.remaining,
      pageSize: pageSize ?? (demo ? 10 : undefined),
      cursor,
      signal,
    })
    const listed = providers.map(({ name }) => name).filter((name) => !unable.has(name))
    checkOptionsOf(listed, options)
    if (checkpoint !== undefined && stored?.complete) {
      await checkBelongsTo(query, checkpoint, stored)
      tell(`${checkpoint} says that this listing is complete. Delete it to start over.`)
      return EXIT.ok
    }
    await printPages(listing, run, { format, isContinued: cursor !== undefined, checkpoint, limit })
    if (checkpoint !== undefined && run.place === null) await writeComplete(query, checkpoint, cursor)
    const isEmpty = run.conversations === 0 && run.place === null && cursor === undefined
    if (isEmpty && failures.length === 0 && process.stdout.isTTY) {
      tell(nothingFound({ participants, providers: listed, status }))
    }
    end()
    return failures[0]?.exitCode ?? EXIT.ok
  } catch (error) {
    if (error instanceof ReaderGone) return failures[0]?.exitCode ?? EXIT.ok
    return tellFailure(error, options, args, run)
  } finally {
    stop()
  }
}

/** @throws UsageError */
function checkCombinations({ checkpoint, cursor, keepGoing, demo, adapter }: ListArguments): void {
  if (demo && adapter !== undefined) {
    throw new UsageError('--adapter and --demo cannot be combined: the demo has Twilio and Bird alone.')
  }
  if (checkpoint === undefined) return
  if (cursor !== undefined) {
    throw new UsageError('--cursor and --checkpoint cannot be combined: pass one of them.')
  }
  // A checkpoint has one position, which would be past what was skipped.
  if (keepGoing) {
    throw new UsageError(
      '--keep-going and --checkpoint cannot be combined, since a provider that was skipped would not be listed later either. Run the command once for each --provider and --adapter, with a checkpoint of its own.',
    )
  }
}

/** A complete listing without a cursor is of a query that no conversation can match. @throws InvalidCursorError, UsageError */
async function checkBelongsTo(query: ListOptions, file: string, { cursor }: Checkpoint): Promise<void> {
  if ((await cursorOf({ ...query, cursor })) !== null && cursor === undefined) throw unusableCheckpoint(file)
}

async function writeComplete(query: ListOptions, file: string, start: string | undefined): Promise<void> {
  const cursor = start ?? (await cursorOf(query)) ?? undefined
  await writeCheckpoint(file, { cursor, complete: true })
}

/** The cursor with which a listing starts; null if no conversation can match. Sends no request. */
async function cursorOf(query: ListOptions): Promise<string | null> {
  for await (const { nextCursor } of listParticipantConversations({ ...query, limit: 0 }).pages())
    return nextCursor
  return null
}

/** Returns the exit code. */
function tellFailure(error: unknown, options: ListArguments, args: readonly string[], run: Run): number {
  const { checkpoint } = options
  const isCheckpointRefused = checkpoint !== undefined && error instanceof InvalidCursorError
  const { message, exitCode } = explain(isCheckpointRefused ? unusableCheckpoint(checkpoint, error) : error)
  const resume = exitCode === EXIT.usage ? null : howToResume(options, args, run)
  tell(resume === null ? message : `${message}\n${resume}`)
  return exitCode
}

function howToResume(
  { checkpoint, output }: ListArguments,
  args: readonly string[],
  { place, pages, remaining }: Run,
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
