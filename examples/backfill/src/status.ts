import type { Redis } from 'ioredis'
import type pg from 'pg'
import type { ParticipantQueue } from './queue.ts'
import { readSlowDownMs } from './rate-limit.ts'
import { readStoppedAccounts, type StoppedAccount } from './stopped-account.ts'
import { readTotals, type Totals } from './totals.ts'

/** How far an account is, and what keeps it from going on. */
export interface AccountStatus extends Totals {
  readonly left: number
  readonly hindrance: Hindrance | null
  /** null while Redis is away. */
  readonly workers: number | null
}

export type Hindrance =
  | { readonly kind: 'paused'; readonly stop: StoppedAccount | undefined }
  | { readonly kind: 'down'; readonly stop: StoppedAccount | undefined }
  | { readonly kind: 'slowed down'; readonly forMs: number }
  | { readonly kind: 'no worker' }
  | { readonly kind: 'no credentials' }
  | { readonly kind: 'Redis is away' }

/** The accounts that have participants. */
export async function readStatus(services: {
  readonly pool: pg.Pool
  readonly redis: Redis
  readonly queues: readonly ParticipantQueue[]
}): Promise<AccountStatus[]> {
  const { pool, redis, queues } = services
  const [totals, stops] = await Promise.all([readTotals(pool), readStoppedAccounts(pool)])
  return Promise.all(
    totals.map(async (total) => {
      const queue = queues.find(({ name }) => name === total.account)
      const left = total.participants - total.finished - total.failed
      const ofAccount = stops.filter(({ account }) => account === total.account)
      const state =
        redis.status === 'ready' && queue !== undefined
          ? await readQueueState(queue, ofAccount)
          : {
              workers: null,
              hindrance: { kind: queue === undefined ? 'no credentials' : 'Redis is away' } as const,
            }
      return { ...total, left, ...state }
    }),
  )
}

async function readQueueState(
  queue: ParticipantQueue,
  stops: readonly StoppedAccount[],
): Promise<Pick<AccountStatus, 'workers' | 'hindrance'>> {
  const [workers, isPaused, concurrency, forMs] = await Promise.all([
    queue.getWorkersCount(),
    queue.isPaused(),
    queue.getGlobalConcurrency(),
    readSlowDownMs(queue),
  ])
  const stopFor = (reason: StoppedAccount['reason']) => stops.find((stop) => stop.reason === reason)
  if (isPaused) return { workers, hindrance: { kind: 'paused', stop: stopFor('paused') } }
  if (workers === 0) return { workers, hindrance: { kind: 'no worker' } }
  if (concurrency !== null) return { workers, hindrance: { kind: 'down', stop: stopFor('down') } }
  if (forMs > 0) return { workers, hindrance: { kind: 'slowed down', forMs } }
  return { workers, hindrance: null }
}
