import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { type HttpOptions, twilio } from 'participant-conversations'
import { createStandIn, fakeTwilioConversation } from 'participant-conversations/testing'
import pg from 'pg'
import PgBoss from 'pg-boss'
import { workOnPgBoss } from '../engines/pg-boss.ts'
import { workOnSqs } from '../engines/sqs.ts'
import { createTables } from '../src/database.ts'
import type { PageServices } from '../src/list-and-store-page.ts'
import { type Place, readPlacesAfter } from '../src/place.ts'
import { twilioAddress } from './support/in-process.ts'
import { startPostgres } from './support/own-postgres.ts'
import type { OwnService } from './support/own-redis.ts'

const PAGES = 4
const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'stand-in-auth-token' }

let postgres: OwnService
let pool: pg.Pool

before(async () => {
  postgres = await startPostgres()
  pool = new pg.Pool({ connectionString: postgres.url })
})
after(async () => {
  await pool.end()
  await postgres[Symbol.asyncDispose]()
})

interface Stage {
  readonly services: PageServices
  /** One for each participant. */
  readonly places: readonly Place[]
  /** How many requests there were, and how many of them failed. */
  readonly sent: { requests: number; failures: number }
}

/** Participants with four pages each, in empty tables, and a provider of which every seventh request fails. */
async function setStage(participants: number): Promise<Stage> {
  const addresses = Array.from({ length: participants }, (_, index) => `+1202555${1000 + index}`)
  await pool.query('DROP SCHEMA IF EXISTS backfill CASCADE')
  await createTables(pool)
  for (const address of addresses) {
    await pool.query(`INSERT INTO backfill.participants (account, participant) VALUES ('twilio', $1)`, [
      { address },
    ])
  }
  const conversations = addresses.flatMap((address) =>
    Array.from({ length: 50 * PAGES }, () => fakeTwilioConversation(twilioAddress(address))),
  )
  const standIn = createStandIn({ twilio: { ...ACCOUNT, conversations } })
  const sent = { requests: 0, failures: 0 }
  const fetch: HttpOptions['fetch'] = async (input, init) => {
    sent.requests += 1
    if (sent.requests % 7 > 0) return standIn.fetch(input, init)
    sent.failures += 1
    return Response.json({}, { status: 500 })
  }
  const services = { pool, provider: twilio({ ...ACCOUNT, fetch, retry: { retries: 0 } }) }
  return { services, sent, places: await readPlacesAfter(pool, 'twilio', '0', participants) }
}

async function countOf(unfinishedOrStored: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int FROM ${unfinishedOrStored}`)
  return rows[0]?.count ?? 0
}

test('pg-boss runs neither a page again whose neighbor failed, nor a second chain of pages after a job that ran twice', async () => {
  const { services, places, sent } = await setStage(20)
  const boss = new PgBoss(postgres.url)
  boss.on('error', (error) => assert.fail(error))
  await boss.start()
  await boss.createQueue('pages', { name: 'pages', retryLimit: 8, retryBackoff: true })
  await Promise.all(places.map((place) => boss.send('pages', place)))
  // A connection that breaks after pg-boss has taken the next job: the job runs again although it has a successor.
  const send = boss.send.bind(boss) as (...given: unknown[]) => Promise<string | null>
  let calls = 0
  let ranTwice = 0
  boss.send = async (...given: unknown[]) => {
    const id = await send(...given)
    calls += 1
    if (calls % 5 > 0) return id
    ranTwice += 1
    throw new Error('The connection broke')
  }

  await workOnPgBoss(boss, 'pages', services)
  while ((await countOf(`pgboss.job WHERE name = 'pages' AND state < 'completed'`)) > 0) await wait(200)
  await boss.stop({ graceful: false })

  assert.equal(await countOf('backfill.participants WHERE finished_at IS NULL'), 0)
  assert.equal(await countOf('backfill.conversations'), 20 * PAGES * 50)
  assert.ok(sent.failures > 0 && ranTwice > 0)
  assert.equal(sent.requests, 20 * PAGES + sent.failures + ranTwice)
})

/** A FIFO queue, as far as `workOnSqs()` needs one. Every third message is delivered again after it was deleted. */
function createFifoQueue(bodies: readonly string[]) {
  const messages = bodies.map((Body, index) => ({ MessageId: `first-${index}`, Body, ReceiptHandle: Body }))
  const deduplicationIds = new Set<string>()
  const queue = { messages, deletions: 0, again: 0 }
  async function send(command: unknown): Promise<unknown> {
    if (command instanceof ReceiveMessageCommand) return { Messages: messages.slice(0, 1) }
    if (command instanceof SendMessageCommand) {
      const { MessageBody = '', MessageDeduplicationId, MessageGroupId } = command.input
      assert.ok(MessageDeduplicationId && MessageGroupId)
      if (deduplicationIds.has(MessageDeduplicationId)) return {}
      const MessageId = `${deduplicationIds.add(MessageDeduplicationId).size}`
      messages.push({ MessageId, Body: MessageBody, ReceiptHandle: MessageBody })
      return { MessageId }
    }
    assert.ok(command instanceof DeleteMessageCommand)
    queue.deletions += 1
    if (queue.deletions % 3 > 0) messages.shift()
    else queue.again += 1
    return {}
  }
  // The engine calls nothing but send().
  return { queue, client: { send } as unknown as SQSClient }
}

test('SQS runs no second chain of pages after a message that was delivered twice', async () => {
  const { services, places, sent } = await setStage(5)
  const { queue, client } = createFifoQueue(places.map((place) => JSON.stringify(place)))

  while (queue.messages.length > 0) {
    // A message that failed is still there.
    await workOnSqs(client, 'https://sqs.example.com/pages.fifo', services).catch(() => {})
  }

  assert.equal(await countOf('backfill.participants WHERE finished_at IS NULL'), 0)
  assert.equal(await countOf('backfill.conversations'), 5 * PAGES * 50)
  assert.ok(sent.failures > 0 && queue.again > 0)
  assert.equal(sent.requests, 5 * PAGES + sent.failures + queue.again)
})
