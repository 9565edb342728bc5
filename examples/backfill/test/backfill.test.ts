import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fakeBirdConversation, fakeTwilioConversation } from 'participant-conversations/testing'
import { type FailedParticipant, listFailed, sendFailedAgain } from '../src/failed.ts'
import { statusLines } from '../src/status-lines.ts'
import { birdContact, setStage, twilioAddress } from './support/in-process.ts'
import { until } from './support/until.ts'
import { useBackfill } from './support/use-backfill.ts'

const JO = '+12025550123'
const KIM = '+12025550124'

const backfill = useBackfill()

/** Conversations of a participant on Twilio. */
const twilioOf = (address: string, count: number) =>
  Array.from({ length: count }, () => fakeTwilioConversation(twilioAddress(address)))

async function storedIds(): Promise<string[]> {
  const { rows } = await backfill.pool.query<{ id: string }>(
    'SELECT id FROM backfill.conversations ORDER BY id',
  )
  return rows.map(({ id }) => id)
}

async function allFailed(): Promise<FailedParticipant[]> {
  const failed: FailedParticipant[] = []
  for await (const one of listFailed(backfill.pool)) failed.push(one)
  return failed
}

const sids = (conversations: readonly { conversation_sid?: string | null }[]): string[] =>
  conversations.map(({ conversation_sid }) => conversation_sid ?? '').sort()

test('stores every page of a participant, one request for each', async () => {
  const conversations = twilioOf(JO, 120)
  await backfill.begin([{ account: 'twilio', address: JO }])
  const { standIn, work } = setStage(backfill, { twilio: conversations })
  await using _worker = work()

  const progress = await backfill.run()

  assert.equal(progress.finished, 1)
  assert.equal(progress.conversations, 120)
  assert.deepEqual(await storedIds(), sids(conversations))
  assert.equal(standIn.requests.length, 3)
})

test('sends one request for each page, also where an account has several channels', async () => {
  const channelId = [1, 2, 3].map((number) => `00000000-0000-4000-8000-00000000001${number}`)
  const featuredParticipants = [birdContact(JO)]
  const conversations = channelId.flatMap((channelId) =>
    Array.from({ length: 120 }, () => fakeBirdConversation({ channelId, featuredParticipants })),
  )
  await backfill.begin([{ account: 'bird', address: JO }])
  const { standIn, work } = setStage(backfill, { bird: conversations })
  await using _worker = work({ channelId })

  const progress = await backfill.run()

  assert.equal(progress.conversations, 360)
  assert.deepEqual(await storedIds(), conversations.map(({ id }) => id).sort())
  // Two pages of each channel.
  assert.equal(standIn.requests.length, 6)
})

test('two participants in the same conversation share its row', async () => {
  const contacts = [birdContact(JO), birdContact(KIM)]
  const shared = fakeBirdConversation({ featuredParticipants: contacts })
  const own = fakeBirdConversation({ featuredParticipants: [birdContact(KIM)], initiatingParticipant: null })
  await backfill.begin([JO, KIM].map((address) => ({ account: 'bird', address })))
  await using _worker = setStage(backfill, { bird: [shared, own] }).work()

  await backfill.run()

  assert.deepEqual(await storedIds(), [shared.id, own.id].sort())
  const { rows } = await backfill.pool.query(
    `SELECT participant->>'address' AS address, conversation_id
     FROM backfill.participant_conversations JOIN backfill.participants ON id = participant_id
     WHERE conversation_id = $1 ORDER BY address`,
    [shared.id],
  )
  assert.deepEqual(rows, [
    { address: JO, conversation_id: shared.id },
    { address: KIM, conversation_id: shared.id },
  ])
})

test('stores text that Postgres refuses without what it refuses', async () => {
  const conversation = fakeTwilioConversation({
    ...twilioAddress(JO),
    conversation_friendly_name: 'a\0b \ud83d \\u0000 🎉',
  })
  await backfill.begin([{ account: 'twilio', address: JO }])
  await using _worker = setStage(backfill, { twilio: [conversation] }).work()

  await backfill.run()

  const { rows } = await backfill.pool.query('SELECT title FROM backfill.conversations')
  assert.deepEqual(rows, [{ title: 'ab \ufffd \\u0000 🎉' }])
})

test('stores a date in the year 0, which Postgres refuses, as none', async () => {
  const conversation = fakeTwilioConversation({
    ...twilioAddress(JO),
    conversation_date_created: '0000-12-31T23:59:59Z',
    conversation_date_updated: '0001-01-01T00:00:00Z',
  })
  await backfill.begin([{ account: 'twilio', address: JO }])
  await using _worker = setStage(backfill, { twilio: [conversation] }).work()

  const progress = await backfill.run()

  const { rows } = await backfill.pool.query(
    `SELECT created_at, updated_at = '0001-01-01T00:00:00Z' AS has_updated_at FROM backfill.conversations`,
  )
  assert.equal(progress.finished, 1)
  assert.deepEqual(rows, [{ created_at: null, has_updated_at: true }])
})

test('a participant that fails for good is listed with its error, and goes on from its cursor when sent again', async () => {
  const conversations = twilioOf(JO, 120)
  await backfill.begin([
    { account: 'twilio', address: JO },
    { account: 'twilio', address: KIM },
  ])
  const { standIn, work } = setStage(backfill, { twilio: conversations })
  standIn.fail({ page: 3, status: 404 })
  await using _worker = work()

  const first = await backfill.run()
  const failed = await allFailed()

  assert.deepEqual([first.finished, first.failed], [1, 1])
  assert.equal(failed.length, 1)
  assert.deepEqual(failed[0]?.participant, { address: JO })
  assert.match(failed[0]?.error ?? '', /^NotFoundError: Twilio returned 404/)
  assert.equal((await storedIds()).length, 100)
  const requestsBefore = standIn.requests.length

  assert.equal(await sendFailedAgain(backfill.pool, backfill.queues), 1)
  const second = await backfill.run()

  assert.deepEqual([second.finished, second.failed], [2, 0])
  assert.deepEqual(await storedIds(), sids(conversations))
  assert.equal(standIn.requests.length - requestsBefore, 1)
})

test('a participant whose error has a NUL is listed as failed, instead of being tried for ever', async () => {
  await backfill.begin([{ account: 'twilio', address: JO }])
  const { standIn, work } = setStage(backfill, {})
  standIn.fail({ status: 404, message: 'not\0found' })
  await using _worker = work()

  const progress = await backfill.run()
  const [failed] = await allFailed()

  assert.equal(progress.failed, 1)
  assert.match(failed?.error ?? '', /notfound/)
})

test('starts a participant over if the provider no longer accepts its page token', async () => {
  const conversations = twilioOf(JO, 120)
  await backfill.begin([{ account: 'twilio', address: JO }])
  const { standIn, work } = setStage(backfill, { twilio: conversations })
  standIn.fail({ page: 3, status: 400, code: 21481 })
  await using _worker = work()

  const progress = await backfill.run()

  assert.deepEqual([progress.finished, progress.failed, progress.conversations], [1, 0, 120])
  assert.deepEqual(await storedIds(), sids(conversations))
  assert.equal(standIn.requests.length, 6)
})

test('no worker sends a request while the provider has asked to wait, not even one that starts meanwhile', async () => {
  const participants = Array.from({ length: 30 }, (_, index) => ({
    account: 'twilio',
    identity: `user-${index}`,
  }))
  await backfill.begin(participants)
  const { standIn, work } = setStage(backfill, {})
  standIn.fail({ status: 429, retryAfter: 5 })
  const times: number[] = []
  const fetch: typeof standIn.fetch = (...request) => {
    times.push(Date.now())
    return standIn.fetch(...request)
  }
  await using _worker = work({ fetch, concurrency: 1 })

  const running = backfill.run()
  const status = await until(async () => {
    const status = await backfill.status('twilio')
    return status.hindrance?.kind === 'slowed down' && status
  })
  await using _other = work({ fetch, concurrency: 1 })
  await running

  const [refused = 0, next = 0] = times
  assert.match(statusLines([status], backfill.settings)[2] ?? '', /waits [1-5] s, as the provider has asked/)
  assert.ok(next - refused >= 5_000, `The next request came after ${next - refused} ms`)
  assert.equal(standIn.requests.length, 31)
})

test('a provider that asks to wait for 0 seconds gets the next request at once, and nobody fails', async () => {
  await backfill.begin([{ account: 'twilio', address: JO }])
  const { standIn, work } = setStage(backfill, { twilio: twilioOf(JO, 10) })
  standIn.fail({ status: 429, retryAfter: 0 })
  await using _worker = work()

  const progress = await backfill.run()

  assert.deepEqual([progress.finished, progress.failed, progress.conversations], [1, 0, 10])
  assert.equal(standIn.requests.length, 2)
})

test('Redis may lose everything: all participants are put in the queue again', async () => {
  const conversations = twilioOf(JO, 120)
  await backfill.begin([JO, KIM].map((address) => ({ account: 'twilio', address })))
  const { standIn, work } = setStage(backfill, { twilio: conversations })
  standIn.fail({ page: 2, delayMs: 1_000 })
  await using _worker = work()

  const running = backfill.run()
  while ((await storedIds()).length === 0) await wait(20)
  await backfill.redis.flushall()
  const progress = await running

  assert.deepEqual([progress.finished, progress.failed], [2, 0])
  assert.deepEqual(await storedIds(), sids(conversations))
})

test('a worker that is stopped stores the pages in progress and gives the jobs back', async () => {
  const conversations = twilioOf(JO, 120)
  await backfill.begin([{ account: 'twilio', address: JO }])
  const { standIn, work } = setStage(backfill, { twilio: conversations })
  standIn.fail({ page: 1, delayMs: 500 })

  const running = backfill.run()
  {
    await using _worker = work()
    while ((await backfill.queues[0]?.getActiveCount()) === 0) await wait(20)
  }
  const stored = await storedIds()
  const counts = await backfill.queues[0]?.getJobCounts('waiting', 'active', 'failed')
  await using _next = work()
  await running

  assert.equal(stored.length, 50)
  assert.deepEqual(counts, { waiting: 1, active: 0, failed: 0 })
  assert.deepEqual(await storedIds(), sids(conversations))
})

test('metrics count what the hooks of the library tell', async () => {
  await backfill.begin([{ account: 'twilio', address: JO }])
  const { standIn, metrics, work } = setStage(backfill, { twilio: twilioOf(JO, 120) })
  standIn.fail({ page: 2, status: 500 })
  await using _worker = work()

  await backfill.run()
  const value = async (name: string, labels: Record<string, string>): Promise<number | undefined> => {
    const { values = [] } = (await metrics.registry.getSingleMetric(name)?.get()) ?? {}
    return values.find((one) => Object.entries(labels).every(([key, label]) => one.labels[key] === label))
      ?.value
  }

  assert.equal(await value('backfill_requests_total', { account: 'twilio' }), 4)
  assert.equal(await value('backfill_request_errors_total', { error: 'ServerError' }), 1)
  assert.equal(await value('backfill_conversations_total', { account: 'twilio' }), 120)
})
