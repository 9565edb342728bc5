import type pg from 'pg'

/** How far an account is. Everything is from Postgres, so that it stays right whatever happens to Redis. */
export interface Totals {
  readonly account: string
  readonly participants: number
  readonly finished: number
  readonly failed: number
  readonly conversations: number
  readonly requests: number
  /** Responses with the status 429. */
  readonly rateLimited: number
  /** The rates are those of the last minute. */
  readonly requestsPerSecond: number
  readonly errorsPerSecond: number
  /** Participants that were finished or failed. null until that has gone on for a while. */
  readonly donePerSecond: number | null
}

export async function readTotals(pool: pg.Pool): Promise<Totals[]> {
  const { rows } = await pool.query<Totals>(READ_TOTALS)
  return rows
}

// A minute ago, or when the first request after that was sent: a backfill that has just begun has no minute behind it.
const READ_TOTALS = `
  WITH progress AS (
    SELECT account,
           count(*)::int AS participants,
           count(finished_at)::int AS finished,
           count(failed_at)::int AS failed,
           sum(conversations)::float8 AS conversations,
           count(*) FILTER (WHERE greatest(finished_at, failed_at) > now() - interval '1 minute') AS recent
    FROM backfill.participants GROUP BY account
  ), sent AS (
    SELECT account,
           sum(requests)::int AS requests,
           sum(rate_limited)::int AS "rateLimited",
           sum(requests) FILTER (WHERE began_at > now() - interval '1 minute') AS recent,
           sum(errors) FILTER (WHERE began_at > now() - interval '1 minute') AS errors,
           greatest(1, extract(epoch FROM now() - min(began_at) FILTER (WHERE began_at > now() - interval '1 minute')))
             AS seconds
    FROM backfill.activity GROUP BY account
  )
  SELECT account, participants, finished, failed, conversations,
         coalesce(requests, 0) AS requests,
         coalesce("rateLimited", 0) AS "rateLimited",
         coalesce(sent.recent / seconds, 0)::float8 AS "requestsPerSecond",
         coalesce(errors / seconds, 0)::float8 AS "errorsPerSecond",
         CASE WHEN seconds >= 15 THEN (progress.recent / seconds)::float8 END AS "donePerSecond"
  FROM progress LEFT JOIN sent USING (account)
  ORDER BY account`
