import type pg from 'pg'
import type { ParticipantQueue } from './queue.ts'
import { readSlowDownMs, slowDown } from './rate-limit.ts'
import { forgetStop } from './stopped-account.ts'
import { storableText } from './storable-json.ts'

/** How many requests of a worker fail in a row before it asks whether the provider is down. */
const FAILURES_IN_A_ROW = 5

/**
 * A circuit breaker that all workers of an account share. While it is open, BullMQ lets one job begin at a time (a global
 * concurrency of 1), after a wait that doubles each time (`queue.rateLimit()`). That job is the attempt: if a response comes,
 * the breaker closes. A library such as opossum would open and close in each process for itself, and each would make
 * attempts of its own.
 */
export interface Breaker {
  /** Call this after any response that is not a server error. */
  answered(): Promise<void>
  /** Call this after a server error, a timeout or a broken connection. Returns whether the provider is to blame. */
  failed(message: string): Promise<boolean>
}

export function createBreaker(options: {
  readonly pool: pg.Pool
  readonly queue: ParticipantQueue
  /** Repeats a request that once had a response. If it has one now, the participant is to blame and not the provider. */
  readonly answersOthers: () => Promise<boolean>
}): Breaker {
  const { pool, queue, answersOthers } = options
  let failuresInARow = 0
  const isOpen = async (): Promise<boolean> => (await queue.getGlobalConcurrency()) !== null

  const close = async (): Promise<boolean> => {
    failuresInARow = 0
    await queue.removeGlobalConcurrency()
    return forgetStop(pool, queue.name, 'down')
  }
  return {
    async answered() {
      failuresInARow = 0
      if ((await isOpen()) && (await close())) console.error(`${queue.name} answers again`)
    },
    async failed(message) {
      failuresInARow += 1
      const wasOpen = await isOpen()
      if (failuresInARow < FAILURES_IN_A_ROW && !wasOpen) return false
      failuresInARow = 0
      // The account waits already. A request that was sent before says nothing new.
      if ((await readSlowDownMs(queue)) > 0) return true
      const waitMs = await noteAttempt(pool, queue.name, message, wasOpen)
      if (waitMs === null) return true
      const nextAttemptAt = Date.now() + waitMs
      if (await answersOthers()) {
        await close()
        return false
      }
      await queue.setGlobalConcurrency(1)
      await slowDown(queue, nextAttemptAt - Date.now())
      if (!wasOpen) console.error(`${queue.name} is down: ${message}`)
      return true
    },
  }
}

/**
 * Notes that an attempt has failed. Returns the wait before the next one, which doubles from a second to a minute, or null if
 * another request has just noted the same. A breaker that is closed starts with a second, whatever an outage before has left
 * in the table when Redis lost its data.
 */
async function noteAttempt(
  pool: pg.Pool,
  account: string,
  error: string,
  isOpen: boolean,
): Promise<number | null> {
  const { rows } = await pool.query<{ waitMs: number }>(
    `INSERT INTO backfill.stopped_accounts AS old (account, reason, error, attempts, next_attempt_at)
     VALUES ($1, 'down', $2, 1, now() + interval '1 second')
     ON CONFLICT (account, reason) DO UPDATE SET
       error = $2,
       since = CASE WHEN $3 THEN old.since ELSE now() END,
       attempts = CASE WHEN $3 THEN old.attempts + 1 ELSE 1 END,
       next_attempt_at = now() + interval '1 second' *
         CASE WHEN $3 THEN least(2 ^ least(old.attempts, 10), 60) ELSE 1 END
     WHERE old.next_attempt_at <= now() OR (NOT $3 AND old.attempts > 1)
     RETURNING ceil(1000 * extract(epoch FROM next_attempt_at - now()))::int AS "waitMs"`,
    [account, storableText(error), isOpen],
  )
  return rows[0]?.waitMs ?? null
}
