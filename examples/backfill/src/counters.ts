import type { Redis } from 'ioredis'
import { PREFIX } from './queue.ts'

const NAMES = ['requests', 'rateLimited'] as const
type CounterName = (typeof NAMES)[number]

/** What all workers together have done, for the progress line. A worker that is killed loses its last second. */
export interface Counters {
  add(name: CounterName, count: number): void
  /** Writes what has been added. */
  flush(): Promise<void>
  close(): Promise<void>
}

const KEY = `${PREFIX}:counters`
const FLUSH_EVERY_MS = 1_000

export function createCounters(redis: Redis): Counters {
  const added = new Map<CounterName, number>()
  const flush = async (): Promise<void> => {
    const counts = [...added]
    added.clear()
    await Promise.all(counts.map(([name, count]) => redis.hincrby(KEY, name, count)))
  }
  const timer = setInterval(() => void flush().catch(() => {}), FLUSH_EVERY_MS)
  return {
    add: (name, count) => added.set(name, (added.get(name) ?? 0) + count),
    flush,
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}

export async function readCounters(redis: Redis): Promise<Record<CounterName, number>> {
  const counts = await redis.hgetall(KEY)
  return { requests: Number(counts.requests ?? 0), rateLimited: Number(counts.rateLimited ?? 0) }
}
