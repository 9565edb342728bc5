import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import {
  bird,
  type ConversationProvider,
  type ConversationStatus,
  ConversationsError,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { type FaultyServer, listenWithFaults } from '../../src/testing/faults/faulty-server.ts'
import { RUN_HEADER } from '../../src/testing/faults/page-faults.ts'
import { randomSchedule } from '../../src/testing/faults/random-schedule.ts'
import { listen } from '../../src/testing/server.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { BIRD, TWILIO } from '../support/example-accounts.ts'
import {
  birdDataOf,
  channelsOf,
  keyOf,
  type Listed,
  type ListedSource,
  MOST,
  participantsOf,
  sourcesOf,
  twilioDataOf,
} from './accounts.ts'
import { checkDelivered, type Delivered } from './delivered.ts'

const RETRIES = 2
/** How many conversations are read at once with `first()`. */
const BATCH = 20

/** Names the server that a request is meant for. */
const SERVER_HEADER = 'x-server'

/** One listing with faults: what is listed, how, and what goes wrong. */
interface Scenario extends Listed {
  readonly concurrency: number
  readonly pageSize: number
  readonly limit: number | undefined
  readonly status: ConversationStatus | ConversationStatus[] | undefined
  readonly prefetch: boolean
  readonly reading: 'items' | 'pages' | 'batches'
  /** Which failures of a source skip its rest. */
  readonly skipped: 'none' | 'all' | 'those that are not retryable'
  readonly transport: 'default' | 'fetch'
  /** The consumer pauses each time after this many conversations, or never if it is 0. */
  readonly pauseEvery: number
  /** After this many conversations the consumer leaves the loop or aborts. If it reads pages, it then continues. */
  readonly leave: { readonly after: number; readonly how: 'break' | 'abort' } | undefined
  readonly faultSeed: string
  readonly rate: number
}

const scenarios = fc.record<Scenario>({
  providers: fc.constantFrom<Scenario['providers']>(
    ['twilio'],
    ['bird'],
    ['twilio', 'bird'],
    ['bird', 'twilio'],
  ),
  channels: fc.constantFrom(1, 2),
  references: fc.constantFrom(1, 1, 2, 3),
  form: fc.constantFrom('phone', 'address'),
  concurrency: fc.integer({ min: 1, max: 4 }),
  count: fc.nat({ max: MOST }),
  pageSize: fc.integer({ min: 1, max: 60 }),
  limit: fc.option(fc.nat({ max: MOST + 10 }), { nil: undefined }),
  status: fc.constantFrom<Scenario['status']>(undefined, undefined, 'active', ['active', 'closed']),
  prefetch: fc.boolean(),
  reading: fc.constantFrom('items', 'pages', 'pages', 'batches'),
  skipped: fc.constantFrom('none', 'none', 'all', 'those that are not retryable'),
  transport: fc.constantFrom('default', 'default', 'fetch'),
  pauseEvery: fc.nat({ max: 10 }),
  leave: fc.option(fc.record({ after: fc.nat({ max: MOST }), how: fc.constantFrom('break', 'abort') }), {
    nil: undefined,
  }),
  faultSeed: fc.string({ maxLength: 8 }),
  rate: fc.constantFrom(0.05, 0.2, 0.4, 0.7),
})

export interface Outcome {
  readonly schedules: number
  readonly requests: number
  readonly faults: number
  readonly errors: number
}

/** Runs random schedules through real sockets. Throws for the first one that loses, repeats or never ends. */
export async function checkSchedules(parameters: fc.Parameters<[Scenario]>): Promise<Outcome> {
  const outcome = { schedules: 0, requests: 0, faults: 0, errors: 0 }
  let strangerRequests = 0
  const rejections: unknown[] = []
  const onRejection = (reason: unknown): void => void rejections.push(reason)
  process.on('unhandledRejection', onRejection)
  const stranger = await listen(async () => {
    strangerRequests += 1
    return new Response()
  })
  try {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const { requests, faults, errors } = await runScenario(scenario, stranger.url)
        assert.equal(strangerRequests, 0, 'a request reached another origin')
        assert.deepEqual(rejections, [], 'a rejection was left behind')
        outcome.schedules += 1
        outcome.requests += requests
        outcome.faults += faults
        outcome.errors += errors
      }),
      parameters,
    )
    return outcome
  } finally {
    await stranger.close()
    process.off('unhandledRejection', onRejection)
  }
}

async function runScenario(
  scenario: Scenario,
  stranger: string,
): Promise<{ requests: number; faults: number; errors: number }> {
  const { count, pageSize, limit } = scenario
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: twilioDataOf(scenario) },
    bird: { ...BIRD, conversations: birdDataOf(scenario) },
  })
  const schedule = randomSchedule({
    seed: scenario.faultSeed,
    rate: scenario.rate,
    // Faults stop after a while, so that every scenario can end.
    untilRequest: 60,
    stranger,
    bombBytes: 2_000_000,
  })
  const name = randomUUID()
  const isOwn = ({ headers }: Request): boolean => headers.get(SERVER_HEADER) === name
  const server = await listenWithFaults(standIn.fetch, schedule, isOwn)
  try {
    const sources = wantedSources(scenario)
    const { errors, runs, ...delivered } = await consume(scenario, server, name)
    const isLimited = delivered.conversations.length === limit
    checkDelivered(sources, { ...delivered, isComplete: delivered.isComplete && !isLimited })
    const faults = [...server.faultCounts.values()].reduce((sum, times) => sum + times, 0)
    const pages = sources.length * (2 * Math.ceil(count / pageSize) + 2 * runs + 2) + faults
    assert.ok(
      server.requestCount <= pages * (RETRIES + 1),
      `${server.requestCount} requests for ${pages} pages`,
    )
    return { requests: server.requestCount, faults, errors }
  } finally {
    await server.close()
  }
}

/** The sources, with those of their conversations that have a wanted status. */
function wantedSources(scenario: Scenario): ListedSource[] {
  const statuses: readonly string[] | null = scenario.status === undefined ? null : [scenario.status].flat()
  return sourcesOf(scenario).map(({ key, conversations }) => ({
    key,
    conversations: conversations.filter(({ status }) => statuses?.includes(status) ?? true),
  }))
}

interface Consumed extends Delivered {
  readonly errors: number
  readonly runs: number
}

/** Lists as a careful user does: continues after each error from its cursor. */
async function consume(scenario: Scenario, server: FaultyServer, name: string): Promise<Consumed> {
  const { limit, pageSize, status, prefetch, concurrency, leave, reading } = scenario
  const conversations: { id: string; run: number }[] = []
  const skipped: string[] = []
  let cursor: string | undefined
  let errors = 0
  let lastError: unknown
  let mayLeave = leave !== undefined

  for (let run = 1; ; run += 1) {
    assert.ok(run < 500, `the listing does not come to an end; the last error: ${inspect(lastError)}`)
    const provider = createProviders(scenario, server.url, {
      [SERVER_HEADER]: name,
      [RUN_HEADER]: String(run),
    })
    const controller = new AbortController()
    const reason = { why: 'the consumer has had enough' }
    const receive = (items: readonly { readonly id: string }[]): void => {
      for (const { id } of items) conversations.push({ id, run })
    }
    const outcome = (isComplete: boolean): Consumed => ({
      conversations,
      skipped,
      isComplete,
      errors,
      runs: run,
    })
    const shouldLeave = (): boolean => mayLeave && conversations.length >= (leave?.after ?? 0)
    const list = listParticipantConversations({
      provider,
      participant: participantsOf(scenario),
      status,
      pageSize,
      prefetch,
      concurrency,
      cursor,
      limit: limit === undefined ? undefined : limit - conversations.length,
      signal: controller.signal,
      onSourceError(error, source) {
        if (scenario.skipped === 'none') return 'throw'
        if (scenario.skipped !== 'all' && error.isRetryable) return 'throw'
        skipped.push(keyOf(source.provider.name, source.form, source.list))
        return 'skip'
      },
    })
    try {
      if (reading === 'batches') {
        const { items, nextCursor } = await list.first(BATCH)
        receive(items)
        if (nextCursor === null || conversations.length === limit) return outcome(true)
        cursor = nextCursor
        continue
      }
      let hasLeft = false
      if (reading === 'pages') {
        for await (const page of list.pages()) {
          receive(page.items)
          cursor = page.nextCursor ?? undefined
          if (!shouldLeave()) continue
          mayLeave = false
          if (leave?.how === 'break') {
            hasLeft = cursor !== undefined
            break
          }
          controller.abort(reason)
        }
      } else {
        for await (const conversation of list) {
          receive([conversation])
          const { length } = conversations
          if (scenario.pauseEvery > 0 && length % scenario.pauseEvery === 0) await pause()
          if (!shouldLeave()) continue
          if (leave?.how === 'break') return outcome(false)
          controller.abort(reason)
        }
      }
      if (!hasLeft) return outcome(true)
    } catch (error) {
      if (controller.signal.aborted) {
        assert.equal(error, reason)
        // A consumer of pages knows where to continue.
        if (reading !== 'pages') return outcome(false)
        continue
      }
      assert.ok(error instanceof ConversationsError, String(error))
      assert.ok(error.cursor !== null, 'an error while listing has a cursor')
      errors += 1
      lastError = error
      cursor = error.cursor
    }
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function createProviders(
  scenario: Scenario,
  baseUrl: string,
  headers: Record<string, string>,
): ConversationProvider[] {
  const options = {
    baseUrl,
    timeoutMs: 200,
    maxResponseBytes: 1_000_000,
    headers,
    retry: { retries: RETRIES, minDelayMs: 1, maxDelayMs: 2, maxRetryAfterMs: 50 },
    ...(scenario.transport === 'fetch' ? { fetch: globalThis.fetch } : {}),
  }
  return scenario.providers.map((provider) =>
    provider === 'twilio'
      ? twilio({ ...TWILIO, ...options })
      : bird({ ...BIRD, ...options, channelId: channelsOf(scenario) }),
  )
}
