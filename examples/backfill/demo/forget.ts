import { createPool } from '../src/database.ts'
import { openQueue } from '../src/queue.ts'
import { connectToRedis } from '../src/redis.ts'
import { readSettings } from '../src/settings.ts'

/** Deletes the tables and the queues of an earlier backfill. */
export async function forgetEverything(): Promise<void> {
  const settings = readSettings(process.env)
  const pool = createPool(settings)
  const redis = connectToRedis(settings.redisUrl)
  await pool.query('DROP SCHEMA IF EXISTS backfill CASCADE')
  for (const account of ['twilio', 'bird']) {
    const queue = openQueue(account, redis)
    await queue.obliterate({ force: true })
    await queue.close()
  }
  await redis.quit()
  await pool.end()
}
