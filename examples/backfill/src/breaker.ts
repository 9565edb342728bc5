import type pg from 'pg'
import type { ParticipantQueue } from './queue.ts'
import { slowDown } from './rate-limit.ts'
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
  /** A response came, and it does not blame the provider. */
  answered(): Promise<void>
  /** No such response came. Returns whether the account waits for the provider. */
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
    await queue.removeRateLimitKey()
    return forgetStop(pool, queue.name, 'down')
  }
  return {
    async answered() {
      failuresInARow = 0
      if ((await isOpen()) && (await close())) console.error(`${queue.name} answers again`)
    },
    async failed(message) {
      failuresInARow += 1
      if (failuresInARow < FAILURES_IN_A_ROW && !(await isOpen())) return false
      const { isFirst, isAttempt, waitMs } = await noteFailure(pool, queue.name, message)
      await queue.setGlobalConcurrency(1)
      await slowDown(queue, waitMs)
      if (isAttempt && (await answersOthers())) {
        await close()
        return false
      }
      if (isFirst) console.error(`${queue.name} is down: ${message}`)
      return true
    },
  }
}

interface NotedFailure {
  readonly isFirst: boolean
  /** Not of a request that was sent before the breaker opened: that says nothing new. */
  readonly isAttempt: boolean
  /** Until the next attempt. */
  readonly waitMs: number
}

/** Of requests that fail together, one doubles the wait: from a second to a minute. */
async function noteFailure(pool: pg.Pool, account: string, error: string): Promise<NotedFailure> {
  const { rows: noted } = await pool.query<{ attempts: number }>(
    `INSERT INTO backfill.stopped_accounts AS old (account, reason, error, attempts, next_attempt_at)
     VALUES ($1, 'down', $2, 1, now() + interval '1 second')
     ON CONFLICT (account, reason) DO UPDATE SET error = $2, attempts = old.attempts + 1,
       next_attempt_at = now() + least(2 ^ least(old.attempts, 10), 60) * interval '1 second'
     WHERE old.next_attempt_at <= now()
     RETURNING attempts`,
    [account, storableText(error)],
  )
  const { rows } = await pool.query<{ waitMs: number }>(
    `SELECT ceil(1000 * extract(epoch FROM next_attempt_at - now()))::int AS "waitMs"
     FROM backfill.stopped_accounts WHERE account = $1 AND reason = 'down'`,
    [account],
  )
  return {
    isFirst: noted[0]?.attempts === 1,
    isAttempt: noted.length > 0,
    waitMs: Math.max(rows[0]?.waitMs ?? 0, 1),
  }
}
