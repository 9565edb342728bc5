import { once } from 'node:events'
import type { Redis } from 'ioredis'
import type pg from 'pg'
import { type Account, accountsOf } from './accounts.ts'
import { createPool, createTables } from './database.ts'
import { openQueue, type ParticipantQueue } from './queue.ts'
import { connectToRedis } from './redis.ts'
import type { Settings } from './settings.ts'

/** What a command needs that works on the tables alone. */
export interface TableServices extends AsyncDisposable {
  readonly accounts: readonly Account[]
  readonly pool: pg.Pool
}

/** `say` is told when a service goes away and when it is back. */
export async function openTables(
  settings: Settings,
  say?: (message: string) => void,
): Promise<TableServices> {
  const accounts = accountsOf(settings)
  const pool = createPool(settings, say)
  try {
    await createTables(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  return { accounts, pool, [Symbol.asyncDispose]: () => pool.end() }
}

/** And what one needs that works on the queues too. */
export interface QueueServices extends TableServices {
  readonly redis: Redis
  readonly queues: readonly ParticipantQueue[]
  /** Waits for the connection to Redis, but not for one that cannot be made. */
  waitForRedis(): Promise<void>
}

export async function openQueues(
  settings: Settings,
  say?: (message: string) => void,
): Promise<QueueServices> {
  const tables = await openTables(settings, say)
  const redis = connectToRedis(settings.redisUrl, say)
  const queues = tables.accounts.map(({ name }) => openQueue(name, redis))
  return {
    ...tables,
    redis,
    queues,
    async waitForRedis() {
      if (redis.status !== 'ready') await once(redis, 'ready').catch(() => {})
    },
    async [Symbol.asyncDispose]() {
      await closeQueues(redis, queues)
      await tables[Symbol.asyncDispose]()
    },
  }
}

async function closeQueues(redis: Redis, queues: readonly ParticipantQueue[]): Promise<void> {
  // A queue sends its first commands as soon as the connection is there. They fail if it is closed meanwhile.
  if (redis.status !== 'ready') return redis.disconnect()
  await Promise.all(queues.map((queue) => queue.waitUntilReady()))
  await Promise.all(queues.map((queue) => queue.close()))
  await redis.quit()
}
