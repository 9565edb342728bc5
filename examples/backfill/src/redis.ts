import { Redis } from 'ioredis'

/** One connection, for every queue of the process. */
export function connectToRedis(redisUrl: string, say: (message: string) => void = console.error): Redis {
  // BullMQ waits for a Redis that is away, however long it takes.
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
  let isAway = false
  redis.on('error', (error) => {
    // Each new attempt to connect fails in the same way.
    if (!isAway) say(`Redis: ${error.message}`)
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) say('Redis is back')
    isAway = false
  })
  return redis
}
