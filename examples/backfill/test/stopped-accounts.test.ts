import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeTwilioConversation } from 'participant-conversations/testing'
import { sendFailedAgain } from '../src/failed.ts'
import { countJobs } from '../src/queue.ts'
import { statusLines } from '../src/status-lines.ts'
import type { Done } from './support/backfill.ts'
import { setStage, twilioAddress } from './support/in-process.ts'
import { until } from './support/until.ts'
import { useBackfill } from './support/use-backfill.ts'

const backfill = useBackfill({ JOBS_IN_REDIS: '100' })

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ account: 'twilio', identity: `user-${index}` }))

/** A provider that can be down: it then answers 503, and `times` has the moments of those requests. */
function fragile(fetch: typeof globalThis.fetch) {
  const state = { isDown: false, times: [] as number[] }
  const fragileFetch: typeof fetch = async (...request) => {
    if (!state.isDown) return fetch(...request)
    state.times.push(Date.now())
    return Response.json({}, { status: 503 })
  }
  return { state, fetch: fragileFetch }
}

test('wrong credentials pause the account instead of failing its participants, and "status" says why', async () => {
  await backfill.begin(people(2))
  const { standIn, work } = setStage(backfill, {})
  standIn.fail({ status: 401 })
  await using _worker = work()

  const running = backfill.run()
  const status = await until(async () => {
    const status = await backfill.status('twilio')
    return status.hindrance?.kind === 'paused' && status.hindrance.stop !== undefined && status
  })
  const lines = statusLines([status], backfill.settings)

  assert.match(lines[0] ?? '', /waits for twilio$/)
  assert.match(lines[2] ?? '', /paused since \d\d:\d\d:\d\d: AuthenticationError: Twilio returned 401/)
  assert.match(lines[3] ?? '', /correct the credentials, restart the workers, and run "retry"/)

  await sendFailedAgain(backfill.pool, backfill.queues)
  const { finished, failed } = await running

  assert.deepEqual([finished, failed], [2, 0])
  assert.equal((await backfill.status('twilio')).hindrance, null)
})

test('an account that is resumed in Bull Board and fails again says why it is paused now', async () => {
  await backfill.begin(people(2))
  const { standIn, work } = setStage(backfill, {})
  standIn.fail({ status: 401 })
  await using _worker = work({ concurrency: 1 })
  const [queue] = backfill.queues
  assert.ok(queue)
  const pausedBy = (status: number) =>
    until(async () => {
      const { hindrance } = await backfill.status('twilio')
      return hindrance?.kind === 'paused' && hindrance.stop?.error.includes(`Twilio returned ${status}`)
    })

  const running = backfill.run()
  await pausedBy(401)
  standIn.fail({ status: 403 })
  await queue.resume()
  await pausedBy(403)
  await sendFailedAgain(backfill.pool, backfill.queues)
  const { finished, failed } = await running

  assert.deepEqual([finished, failed], [2, 0])
})

test('a provider that is down gets one request at a time at growing intervals, nobody fails, and the backfill goes on', async () => {
  await backfill.begin(people(60))
  const { standIn, work } = setStage(backfill, {})
  const { state, fetch } = fragile(standIn.fetch)
  state.isDown = true
  await using _worker = work({ fetch, concurrency: 4 })
  await using _other = work({ fetch, concurrency: 4 })

  const running = backfill.run()
  const status = await until(async () => {
    const status = await backfill.status('twilio')
    return status.hindrance?.kind === 'down' && (status.hindrance.stop?.attempts ?? 0) >= 4 && status
  })
  const last = state.times.slice(-3)
  state.isDown = false
  const { finished, failed } = await running

  assert.match(
    statusLines([status], backfill.settings)[2] ?? '',
    /down since [\d:]+, 4 attempts, next attempt in \d s: ServerError: /,
  )
  const intervals = last.slice(1).map((time, index) => time - (last[index] ?? 0))
  assert.ok((intervals[0] ?? 0) >= 1_000, `${intervals}`)
  assert.ok((intervals[1] ?? 0) >= 1.5 * (intervals[0] ?? 0), `${intervals}`)
  assert.deepEqual([finished, failed], [60, 0])
  assert.equal((await backfill.status('twilio')).hindrance, null)
})

test('participants whose pages always fail do not make the provider look down, and fail for good', async () => {
  await backfill.begin([{ account: 'twilio', identity: 'good' }])
  const { standIn, work } = setStage(backfill, {})
  const fetch: typeof standIn.fetch = async (...request) =>
    String(request[0]).includes('bad') ? Response.json({}, { status: 500 }) : standIn.fetch(...request)
  const bad = Array.from({ length: 6 }, (_, index) => ({ identity: `bad-${index}` }))
  const [queue] = backfill.queues
  assert.ok(queue)
  let running: Promise<Done>
  {
    await using _worker = work({ fetch })
    await backfill.run()
    await backfill.pool.query(
      `INSERT INTO backfill.participants (account, participant) SELECT 'twilio', jsonb_array_elements($1::jsonb)`,
      [JSON.stringify(bad)],
    )
    running = backfill.run()
    // Six in a row have failed, which is more than it takes to ask whether the provider is down.
    await until(async () => (await queue.getDelayedCount()) === bad.length)
  }
  // And a minute later, all of them six times more.
  for (const job of await queue.getJobs(['delayed', 'waiting'])) {
    await job.updateData({ ...job.data, failures: 7 })
    if (await job.isDelayed()) await job.promote()
  }
  await using _worker = work({ fetch })
  const { finished, failed } = await running

  assert.deepEqual([finished, failed], [1, 6])
})

test('participants whose pages always fail do not hold up the others, even if nobody is finished yet', async () => {
  const bad = Array.from({ length: 6 }, (_, index) => ({ account: 'twilio', identity: `bad-${index}` }))
  await backfill.begin([...bad, ...people(4)])
  const { standIn, work } = setStage(backfill, {})
  const fetch: typeof standIn.fetch = async (...request) =>
    String(request[0]).includes('bad') ? Response.json({}, { status: 500 }) : standIn.fetch(...request)
  await using _worker = work({ fetch, concurrency: 1 })

  const running = backfill.run()
  await until(async () => (await backfill.status('twilio')).finished === 4)
  const [queue] = backfill.queues
  assert.ok(queue)
  // They are tried no longer than the others: the next failure is the last.
  await until(async () => (await queue.getDelayedCount()) === bad.length)
  for (const job of await queue.getDelayed()) await job.updateData({ ...job.data, failures: 7 })
  const { finished, failed } = await running

  assert.deepEqual([finished, failed], [4, 6])
})

test('"retry" of many participants puts no more of them in Redis than the bound', async () => {
  await backfill.begin(people(600))
  await backfill.pool.query(`UPDATE backfill.participants SET failed_at = now(), error = 'lost'`)

  const count = await sendFailedAgain(backfill.pool, backfill.queues)
  const [queue] = backfill.queues
  assert.ok(queue)
  const afterRetry = await countJobs(queue)
  let most = 0
  const running = backfill.run()
  const isFull = until(async () => {
    most = Math.max(most, await countJobs(queue))
    return most >= 100
  })
  await isFull
  await using _worker = setStage(backfill, {}).work({ concurrency: 20 })
  const watched = until(async () => {
    most = Math.max(most, await countJobs(queue))
    return (await backfill.status('twilio')).left === 0
  })
  const { finished, failed } = await running
  await watched

  assert.equal(count, 600)
  assert.equal(afterRetry, 0)
  assert.equal(most, 100)
  assert.deepEqual([finished, failed], [600, 0])
})

test('totals and rates stay right if Redis loses everything', async () => {
  const conversations = Array.from({ length: 120 }, () =>
    fakeTwilioConversation(twilioAddress('+12025550123')),
  )
  await backfill.begin([{ account: 'twilio', phone: '+12025550123', channels: 'sms' }])
  const { work } = setStage(backfill, { twilio: conversations })
  {
    await using _worker = work()
    await backfill.run()
  }
  const before = await backfill.status('twilio')
  await backfill.redis.flushall()
  const after = await backfill.status('twilio')

  assert.deepEqual([after.finished, after.conversations, after.requests], [1, 120, 3])
  assert.ok(before.requestsPerSecond > 0)
  assert.ok(after.requestsPerSecond > 0)
})
