import type { Redis } from 'ioredis'
import type pg from 'pg'
import { readCounters } from './counters.ts'

/** What is done so far. */
export interface Progress {
  readonly at: number
  readonly participants: number
  readonly finished: number
  readonly failed: number
  readonly conversations: number
  readonly requests: number
  readonly rateLimited: number
}

export async function readProgress(pool: pg.Pool, redis: Redis): Promise<Progress> {
  const [{ rows }, counters] = await Promise.all([
    pool.query<Omit<Progress, 'at' | 'requests' | 'rateLimited'>>(
      `SELECT count(*)::int AS participants, count(finished_at)::int AS finished,
              count(failed_at)::int AS failed, coalesce(sum(conversations), 0)::float8 AS conversations
       FROM backfill.participants`,
    ),
    readCounters(redis),
  ])
  const [row = { participants: 0, finished: 0, failed: 0, conversations: 0 }] = rows
  return { at: Date.now(), ...row, ...counters }
}

/**
 * One line, such as `1,200 of 20,000 participants · 60,000 conversations · 1,450 requests, 12 × 429 · 49/s · 6 min left`.
 * Rate and time left come from the time since `before`.
 */
export function progressLine(before: Progress, now: Progress): string {
  const seconds = Math.max((now.at - before.at) / 1000, 0.001)
  const done = now.finished + now.failed
  const perSecond = (done - before.finished - before.failed) / seconds
  const left = now.participants - done
  return [
    `${count(done)} of ${count(now.participants)} participants${now.failed > 0 ? ` (${count(now.failed)} failed)` : ''}`,
    `${count(now.conversations)} conversations`,
    `${count(now.requests)} requests, ${count(now.rateLimited)} × 429`,
    `${((now.requests - before.requests) / seconds).toFixed(1)} requests/s`,
    left === 0 ? 'done' : perSecond > 0 ? `${duration(left / perSecond)} left` : 'time left unknown',
  ].join(' · ')
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
