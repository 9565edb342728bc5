import assert from 'node:assert/strict'
import { firstResidents, openBackfill } from './support/backfill.ts'
import { startPostgres } from './support/own-postgres.ts'
import { startRedis } from './support/own-redis.ts'
import {
  environment,
  preferToOthers,
  startStandIn,
  startWorkerProcess,
  stopInOrder,
} from './support/processes.ts'

const REQUESTS_PER_SECOND = 50
/** 5 % more than the limit. */
const MOST_IN_A_SECOND = 52

/** The limit, measured where requests arrive, with any number of workers. */
export async function runLimitTest(participants: number): Promise<void> {
  await using redis = await startRedis()
  await using postgres = await startPostgres()
  for (const count of [1, 2, 4]) {
    using standIn = await startStandIn()
    preferToOthers(standIn)
    const env = environment({
      redisUrl: redis.url,
      databaseUrl: postgres.url,
      standInUrl: standIn.url,
      settings: { REQUESTS_PER_SECOND: String(REQUESTS_PER_SECOND) },
    })
    await using backfill = await openBackfill(env)
    await backfill.begin(firstResidents(participants))
    const workers = Array.from({ length: count }, () => startWorkerProcess(env))
    await backfill.run()
    await Promise.all(workers.map(stopInOrder))

    for (const [account, report] of Object.entries(await standIn.report())) {
      const { requests, seconds, mostInASecond } = report
      const average = (requests / seconds).toFixed(1)
      console.log(
        `${count} workers, ${account}: ${average} requests a second, at most ${mostInASecond} in any second`,
      )
      assert.ok(mostInASecond <= MOST_IN_A_SECOND, `${mostInASecond} requests in a second`)
    }
  }
}
