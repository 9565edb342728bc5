import { type ListOptions, listParticipantConversations } from '../index.ts'
import { createActivity } from './activity.ts'
import type { Caller } from './caller.ts'
import {
  type Checkpoint,
  limitFor,
  readCheckpoint,
  unusableCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts'
import { chooseFormat } from './choose-format.ts'
import { checkOptionsOf, chooseProviders } from './choose-providers.ts'
import { providersOfEnvironment } from './credentials.ts'
import { combineHooks, debugHooks } from './debug.ts'
import { loadEnvironment } from './environment.ts'
import { EXIT } from './exit-codes.ts'
import { Interrupted } from './failure.ts'
import type { ListArguments } from './list-arguments.ts'
import { nothingFound } from './nothing-found.ts'
import { participantsOf } from './participant.ts'
import { printPages, type Run } from './print-pages.ts'
import { createReporter } from './reporter.ts'
import { createSourceErrors } from './source-errors.ts'
import { ReaderGone } from './stdout.ts'
import { tellFailure } from './tell-failure.ts'
import { UsageError } from './usage-error.ts'

/**
 * Lists conversations on stdout, page by page. Returns the exit code.
 *
 * @param caller - for the commands that are suggested
 * @param isDemoByDefault - whether the stand-in is listed if the environment has no credentials
 */
export async function list(given: ListArguments, caller: Caller, isDemoByDefault: boolean): Promise<number> {
  loadEnvironment(given)
  const options = isDemoByDefault && isWithoutProvider(given) ? { ...given, demo: true } : given
  const { checkpoint, pageSize, status, limit, demo = false } = options
  const reporter = createReporter(options.quiet ?? false)
  const activity = createActivity(reporter)
  const hooks = combineHooks([activity.hooks, ...(options.debug ? [debugHooks(reporter)] : [])])
  checkCombinations(options)
  const stored = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint)
  const cursor = stored?.cursor ?? options.cursor
  const createFormat = chooseFormat(options, stored !== undefined)
  const { providers, start, end } = await chooseProviders(options, { hooks, reporter, caller })
  const participants = participantsOf(options)
  const format = createFormat(providers.map(({ name }) => name))
  const sources = createSourceErrors(options, reporter)
  const query: ListOptions = {
    provider: providers,
    participant: participants,
    status,
    onSourceError: sources.onSourceError,
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
    const listed = providers.map(({ name }) => name).filter((name) => !sources.unable.has(name))
    checkOptionsOf(listed, options)
    if (checkpoint !== undefined && stored?.complete) {
      await checkBelongsTo(query, checkpoint, stored)
      reporter.note(`${checkpoint} says that this listing is complete. Delete it to start over.`)
      return EXIT.ok
    }
    const isContinued = cursor !== undefined
    start()
    activity.start(listed)
    await printPages(listing, run, { format, isContinued, checkpoint, limit, reporter, activity })
    if (checkpoint !== undefined && run.place === null) await writeComplete(query, checkpoint, cursor)
    const searched = listed.filter((name) => !sources.failed.has(name))
    if (run.conversations === 0 && searched.length > 0 && reporter.isTerminal) {
      reporter.note(nothingFound({ participants, providers: searched, status, limit, isContinued }))
    }
    end()
    return sources.exitCode()
  } catch (error) {
    if (error instanceof ReaderGone) return sources.exitCode()
    return tellFailure(error, { options, caller, run, reporter })
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

/** A complete checkpoint has no cursor only if no conversation can match the query. @throws InvalidCursorError, UsageError */
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

/** Nothing says which provider to list: neither an option nor the environment. */
function isWithoutProvider({ provider, adapter }: ListArguments): boolean {
  return provider === undefined && adapter === undefined && providersOfEnvironment().length === 0
}

/** A signal that Ctrl-C aborts. A second Ctrl-C ends the process at once. */
function untilInterrupted(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort(new Interrupted())
  process.once('SIGINT', interrupt)
  return { signal: controller.signal, stop: () => process.off('SIGINT', interrupt) }
}
