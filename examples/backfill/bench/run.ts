/**
 * How fast the backfill is without a limit, with 1, 2 and 4 workers, and what that costs:
 *
 *     npm run bench              # 2,000 participants, 100,000 conversations
 *     npm run bench -- 20000
 */
import { cpus } from 'node:os'
import { firstResidents, openBackfill } from '../test/support/backfill.ts'
import { startPostgres } from '../test/support/own-postgres.ts'
import { startRedis } from '../test/support/own-redis.ts'
import { environment, startStandIn } from '../test/support/processes.ts'
import { cpuOf } from './cpu.ts'
import { startWorkers } from './worker-processes.ts'

const participants = Number(process.argv[2] ?? 2_000)

await using redis = await startRedis()
await using postgres = await startPostgres()

console.log(`${cpus().length} cores, Node ${process.versions.node}, ${participants} participants\n`)
console.log('| workers | conversations/s | requests/s | CPU per conversation | peak memory | busy cores |')
console.log('|---|---|---|---|---|---|')
for (const count of [1, 2, 4]) console.log(await measure(count))

async function measure(count: number): Promise<string> {
  using standIn = await startStandIn()
  const env = environment({
    redisUrl: redis.url,
    databaseUrl: postgres.url,
    standInUrl: standIn.url,
    settings: { REQUESTS_PER_SECOND: '0' },
  })
  await using backfill = await openBackfill(env)
  await backfill.begin(firstResidents(participants))
  const workers = await startWorkers(count, env, backfill)

  const others = { Postgres: postgres.pid(), Redis: redis.pid(), 'the stand-in': standIn.pid }
  const before = await cpuOfAll(others)
  const startedAt = performance.now()
  const { conversations, requests } = await backfill.run()
  const ms = performance.now() - startedAt
  const after = await cpuOfAll(others)
  const used = await workers.stop()

  const workersMs = used.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  const peakBytes = Math.max(...used.map(({ peakBytes }) => peakBytes))
  const busy = [
    `workers ${(workersMs / ms).toFixed(2)}`,
    ...Object.keys(others).map((name) => {
      const share = ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / ms
      return `${name} ${share.toFixed(2)}`
    }),
  ]
  const cells = [
    count,
    Math.round((1000 * conversations) / ms),
    Math.round((1000 * requests) / ms),
    `${Math.round((1000 * workersMs) / conversations)} µs`,
    `${Math.round(peakBytes / 2 ** 20)} MiB`,
    busy.join(', '),
  ]
  return `| ${cells.join(' | ')} |`
}

async function cpuOfAll(processes: Readonly<Record<string, number>>): Promise<Map<string, number>> {
  const entries = Object.entries(processes).map(async ([name, pid]) => [name, await cpuOf(pid)] as const)
  return new Map(await Promise.all(entries))
}
