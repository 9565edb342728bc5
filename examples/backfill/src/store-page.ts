import type { AnyConversation, ConversationPage } from 'participant-conversations'
import type pg from 'pg'
import type { Place } from './place.ts'
import { toStorableJson } from './storable-json.ts'

/**
 * Writes a page and the cursor behind it in one statement, and so in one transaction: both are there or neither is. The
 * cursor moves only from where the page began. If another worker has moved it, nothing is written, and the result is
 * false.
 *
 * Rows go in by order of their key, so that two pages with the same conversations wait for each other instead of ending in
 * a deadlock.
 */
export async function storePage(
  pool: pg.Pool,
  { participantId, cursor }: Pick<Place, 'participantId' | 'cursor'>,
  { items, nextCursor }: ConversationPage<AnyConversation>,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'store-page',
    text: STORE_PAGE,
    values: [participantId, cursor, nextCursor, toStorableJson(items.map(toRow))],
  })
  return rowCount === 1
}

// Counted is what is new: a person's references can find the same conversation, and so can a listing that starts over.
const STORE_PAGE = `
  WITH place AS (
    SELECT id FROM backfill.participants
    WHERE id = $1 AND cursor IS NOT DISTINCT FROM $2 AND finished_at IS NULL
    FOR UPDATE
  ), page AS (
    SELECT DISTINCT ON (provider, id) row.*
    FROM place, jsonb_to_recordset($4::jsonb) AS row(
      provider text, id text, title text, status text, channel_id text, channel_type text,
      created_at timestamptz, updated_at timestamptz, raw jsonb
    )
    ORDER BY provider, id
  ), stored AS (
    INSERT INTO backfill.conversations AS old
      (provider, id, title, status, channel_id, channel_type, created_at, updated_at, raw)
    SELECT provider, id, title, status, channel_id, channel_type, created_at, updated_at, raw FROM page
    ON CONFLICT (provider, id) DO UPDATE SET
      title = excluded.title, status = excluded.status, channel_id = excluded.channel_id,
      channel_type = excluded.channel_type, created_at = excluded.created_at,
      updated_at = excluded.updated_at, raw = excluded.raw
  ), linked AS (
    INSERT INTO backfill.participant_conversations (participant_id, provider, conversation_id)
    SELECT place.id, page.provider, page.id FROM place, page
    ON CONFLICT DO NOTHING
    RETURNING participant_id
  )
  UPDATE backfill.participants
  SET cursor = $3,
      conversations = conversations + (SELECT count(*) FROM linked),
      finished_at = CASE WHEN $3::text IS NULL THEN now() END,
      failed_at = NULL,
      error = NULL
  FROM place WHERE participants.id = place.id`

function toRow({ provider, id, title, status, channel, createdAt, updatedAt, raw }: AnyConversation): object {
  return {
    provider,
    id,
    title,
    status,
    channel_id: channel.id,
    channel_type: channel.type,
    created_at: storable(createdAt),
    updated_at: storable(updatedAt),
    raw,
  }
}

/** Returns null for a date in the year 0, which Postgres refuses. */
function storable(date: Date | null): Date | null {
  return date !== null && date.getUTCFullYear() >= 1 ? date : null
}
