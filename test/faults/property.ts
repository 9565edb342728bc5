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
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { listen } from '../../src/testing/server.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { ADDRESS, BIRD, TWILIO } from '../support/example-accounts.ts'

const MOST = 120
const RETRIES = 2

/** Names the server that a request is meant for. */
const SERVER_HEADER = 'x-server'

/** One listing with faults: what is listed, how, and what goes wrong. */
interface Scenario {
  readonly providers: readonly ('twilio' | 'bird')[]
  /** How many channels Bird has. */
  readonly channels: 1 | 2
  readonly concurrency: number
  readonly count: number
  readonly pageSize: number
  readonly limit: number | undefined
  readonly status: ConversationStatus | ConversationStatus[] | undefined
  readonly prefetch: boolean
  readonly byPages: boolean
  readonly transport: 'default' | 'fetch'
  /** The consumer pauses each time after this many conversations, or never if it is 0. */
  readonly pauseEvery: number
  /** After this many conversations the consumer leaves the loop or aborts. If it lists pages, it then continues. */
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
  concurrency: fc.integer({ min: 1, max: 4 }),
  count: fc.nat({ max: MOST }),
  pageSize: fc.integer({ min: 1, max: 60 }),
  limit: fc.option(fc.nat({ max: MOST + 10 }), { nil: undefined }),
  status: fc.constantFrom<Scenario['status']>(undefined, undefined, 'active', ['active', 'closed']),
  prefetch: fc.boolean(),
  byPages: fc.boolean(),
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

const twilioData = sampleTwilioConversations({ address: ADDRESS, count: MOST })
const CHANNELS = [BIRD.channelId, '00000000-0000-4000-8000-000000000003']
const birdSamples = sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: MOST })

/** The channels take turns. */
function birdDataOf({ channels, count }: Scenario): typeof birdSamples {
  return birdSamples
    .slice(0, count)
    .map((raw, index) => ({ ...raw, channelId: CHANNELS[index % channels] ?? null }))
}

async function runScenario(
  scenario: Scenario,
  stranger: string,
): Promise<{ requests: number; faults: number; errors: number }> {
  const { count } = scenario
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: twilioData.slice(0, count) },
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
    const expected = expectedIds(scenario)
    const { ids, errors, runs, isComplete } = await consume(scenario, server, name)
    assert.deepEqual(ids, isComplete ? expected : expected.slice(0, ids.length))
    const faults = [...server.faultCounts.values()].reduce((sum, times) => sum + times, 0)
    const sources = scenario.providers.length * scenario.channels
    const pages = sources * (2 * Math.ceil(count / scenario.pageSize) + 2 * runs + 2) + faults
    assert.ok(
      server.requestCount <= pages * (RETRIES + 1),
      `${server.requestCount} requests for ${pages} pages`,
    )
    return { requests: server.requestCount, faults, errors }
  } finally {
    await server.close()
  }
}

function expectedIds(scenario: Scenario): string[] {
  const { providers, channels, count, status, limit } = scenario
  const listed = {
    twilio: twilioData
      .slice(0, count)
      .filter(({ participant_messaging_binding: binding }) => binding?.address === ADDRESS)
      .map((raw) => ({ id: String(raw.conversation_sid), state: raw.conversation_state }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    bird: CHANNELS.slice(0, channels).flatMap((channel) =>
      birdDataOf(scenario)
        .filter(({ channelId }) => channelId === channel)
        .filter((raw) => JSON.stringify(raw.featuredParticipants).includes(ADDRESS))
        .map((raw) => ({ id: raw.id, state: raw.status })),
    ),
  }
  const statuses: readonly string[] | null = status === undefined ? null : [status].flat()
  return providers
    .flatMap((provider) => listed[provider])
    .filter(({ state }) => statuses === null || statuses.includes(String(state)))
    .map(({ id }) => id)
    .slice(0, limit)
}

interface Consumed {
  readonly ids: string[]
  readonly errors: number
  readonly runs: number
  /** Whether the listing was followed to its end. */
  readonly isComplete: boolean
}

/** Lists as a careful user does: continues after each error from its cursor. */
async function consume(scenario: Scenario, server: FaultyServer, name: string): Promise<Consumed> {
  const { limit, pageSize, status, prefetch, concurrency, leave } = scenario
  const ids: string[] = []
  let cursor: string | undefined
  let errors = 0
  let lastError: unknown
  let mayLeave = leave !== undefined

  for (let runs = 1; ; runs += 1) {
    assert.ok(runs < 500, `the listing does not come to an end; the last error: ${inspect(lastError)}`)
    const provider = createProviders(scenario, server.url, {
      [SERVER_HEADER]: name,
      [RUN_HEADER]: String(runs),
    })
    const controller = new AbortController()
    const reason = { why: 'the consumer has had enough' }
    const shouldLeave = (): boolean => mayLeave && ids.length >= (leave?.after ?? 0)
    const list = listParticipantConversations({
      provider,
      participant: { address: ADDRESS },
      status,
      pageSize,
      prefetch,
      concurrency,
      cursor,
      limit: limit === undefined ? undefined : limit - ids.length,
      signal: controller.signal,
    })
    try {
      let hasLeft = false
      if (scenario.byPages) {
        for await (const page of list.pages()) {
          for (const { id } of page.items) ids.push(id)
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
        for await (const { id } of list) {
          ids.push(id)
          if (scenario.pauseEvery > 0 && ids.length % scenario.pauseEvery === 0) await pause()
          if (!shouldLeave()) continue
          if (leave?.how === 'break') return { ids, errors, runs, isComplete: false }
          controller.abort(reason)
        }
      }
      if (!hasLeft) return { ids, errors, runs, isComplete: true }
    } catch (error) {
      if (controller.signal.aborted) {
        assert.equal(error, reason)
        // A consumer of pages knows where to continue.
        if (!scenario.byPages) return { ids, errors, runs, isComplete: false }
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
  { providers, channels, transport }: Scenario,
  baseUrl: string,
  headers: Record<string, string>,
): ConversationProvider[] {
  const options = {
    baseUrl,
    timeoutMs: 200,
    maxResponseBytes: 1_000_000,
    headers,
    retry: { retries: RETRIES, minDelayMs: 1, maxDelayMs: 2, maxRetryAfterMs: 50 },
    ...(transport === 'fetch' ? { fetch: globalThis.fetch } : {}),
  }
  return providers.map((provider) =>
    provider === 'twilio'
      ? twilio({ ...TWILIO, ...options })
      : bird({ ...BIRD, ...options, channelId: CHANNELS.slice(0, channels) }),
  )
}
