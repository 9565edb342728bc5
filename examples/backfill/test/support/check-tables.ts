import assert from 'node:assert/strict'
import type pg from 'pg'
import {
  birdConversations,
  conversationCount,
  indexOf,
  residentAt,
  twilioConversations,
} from '../../stand-in/population.ts'

/**
 * Compares what is in the tables with what the stand-in serves, row by row: no conversation is missing, none is there twice
 * or with anything else in it, and none is there that the stand-in does not know. Returns how many there are.
 */
export async function checkTables(pool: pg.Pool, participants: number): Promise<number> {
  let rows = 0
  for await (const { account, participant, finished, stored } of readStored(pool)) {
    const index = indexByParticipant(participant)
    assert.ok(index < participants, `Nobody imported participant ${index}`)
    assert.equal(account, residentAt(index).account)
    assert.ok(finished, `Participant ${index} is not finished`)
    const expected = sourceOf(index)
    assert.equal(stored.length, conversationCount(index), `Participant ${index}`)
    for (const { id, raw } of stored) {
      assert.deepEqual(raw, plain(expected.get(id)))
      assert.ok(expected.delete(id), `${id} is there twice`)
    }
    rows += stored.length
  }
  const { rows: counts } = await pool.query<{ participants: number; conversations: number }>(
    `SELECT (SELECT count(*)::int FROM backfill.participants) AS participants,
            (SELECT count(*)::int FROM backfill.conversations) AS conversations`,
  )
  assert.deepEqual(counts, [{ participants, conversations: rows }])
  return rows
}

/** What the stand-in serves, by id. */
function sourceOf(index: number): Map<string, unknown> {
  return residentAt(index).account === 'twilio'
    ? new Map(twilioConversations(index).map((raw) => [raw.conversation_sid ?? '', raw]))
    : new Map(birdConversations(index).map((raw) => [raw.id, raw]))
}

type Reference = Readonly<Record<string, string>>

interface StoredParticipant {
  readonly account: 'twilio' | 'bird'
  readonly participant: Reference | readonly Reference[]
  readonly finished: boolean
  readonly stored: readonly { id: string; raw: unknown }[]
}

/** In batches, so that neither side holds all of it. */
async function* readStored(pool: pg.Pool): AsyncGenerator<StoredParticipant> {
  let last = '0'
  while (true) {
    const { rows } = await pool.query<StoredParticipant & { id: string }>(
      `SELECT id, account, participant, finished_at IS NOT NULL AS finished, (
         SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'raw', c.raw)), '[]')
         FROM backfill.participant_conversations AS link
         JOIN backfill.conversations AS c ON c.provider = link.provider AND c.id = link.conversation_id
         WHERE link.participant_id = p.id
       ) AS stored
       FROM (SELECT * FROM backfill.participants WHERE id > $1 ORDER BY id LIMIT 200) AS p
       ORDER BY id`,
      [last],
    )
    if (rows.length === 0) return
    yield* rows
    last = rows.at(-1)?.id ?? last
  }
}

function indexByParticipant(participant: StoredParticipant['participant']): number {
  const [reference] = [participant].flat()
  return indexOf(Object.values(reference ?? {})[0] ?? '') ?? Number.NaN
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
