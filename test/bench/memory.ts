/**
 * What the length of a listing costs: peak memory, and CPU time for each conversation. `npm run bench:memory`, or with
 * the number of rounds: `npm run bench:memory -- 9`.
 *
 * Peak memory is that of a fresh process that lists once, with Node's defaults: what a user's process takes. The heap
 * that is left after a collection shows what was kept. CPU time is measured in other processes, which have listed a lot
 * before: otherwise a longer listing would spread V8's compile time over more conversations and look cheaper. Each goes
 * through the same number of conversations, in listings of one length.
 */
import { type BenchServer, nodeVersion, run, startServer } from './processes.ts'
import type { Cpu } from './programs/cpu.ts'
import type { Memory } from './programs/memory.ts'
import { inMegabytes, medianOf, printTable, roundsOr, takeTurns } from './results.ts'

const SHORT = 10_000
const LONG = 1_000_000
const SIZES = [SHORT, 100_000, LONG]
const LIBRARY = 'twilio: this library'
const TIME_LIMIT_MS = 180_000

const rounds = roundsOr(5)
const servers = new Map<number, BenchServer>()
for (const size of SIZES) servers.set(size, await startServer({ PAGES: String(size / 50) }))
const urlOf = (size: number): string => servers.get(size)?.url ?? ''

console.log(`${nodeVersion}, medians of ${rounds} rounds`)
await compareMemory()
await compareCpu()
for (const server of servers.values()) await server.close()

async function compareMemory(): Promise<void> {
  const names = ['twilio: bare loop of undici', LIBRARY, 'twilio: twilio each()', 'twilio: twilio list()']
  const cases = names.flatMap((name) => SIZES.map((size) => ({ name, size })))
  type Case = (typeof cases)[number]
  /** Why a contestant cannot do it. It is not tried again. */
  const failures = new Map<Case, string>()
  const results = await takeTurns(rounds, cases, async (one) => {
    if (failures.has(one)) return null
    try {
      return await run<Memory>('memory', [one.name, urlOf(one.size)], { timeoutMs: TIME_LIMIT_MS })
    } catch (error) {
      failures.set(one, reasonOf(error))
      return null
    }
  })

  const of = (one: Case | undefined, field: 'peak' | 'heapUsed'): number =>
    medianOf(one && results.get(one), (memory) => memory?.[field] ?? Number.NaN)
  printTable(
    ['', 'conversations', 'peak MB', `MB more than for ${SHORT.toLocaleString('en')}`, 'heap left, MB'],
    cases.map((one) => {
      const title = [titleOf(one.name), one.size.toLocaleString('en')]
      const failure = failures.get(one)
      if (failure !== undefined) return [...title, failure, '', '']
      const short = cases.find(({ name, size }) => name === one.name && size === SHORT)
      const more = of(one, 'peak') - of(short, 'peak')
      return [...title, inMegabytes(of(one, 'peak')), inMegabytes(more), inMegabytes(of(one, 'heapUsed'))]
    }),
  )
}

async function compareCpu(): Promise<void> {
  const results = await takeTurns(rounds, SIZES, async (size) => {
    const cpu = await run<Cpu>('cpu', [LIBRARY, urlOf(size), urlOf(SHORT), LONG])
    return cpu.cpuMicroseconds / cpu.count
  })
  const of = (size: number): number => medianOf(results.get(size), (cpu) => cpu)
  printTable(
    ['', 'conversations', 'CPU µs each', `CPU / for ${SHORT.toLocaleString('en')}`],
    SIZES.map((size) => [
      titleOf(LIBRARY),
      size.toLocaleString('en'),
      of(size).toFixed(2),
      (of(size) / of(SHORT)).toFixed(2),
    ]),
  )
}

function titleOf(name: string): string {
  return name.replace('twilio: ', '')
}

/** V8 aborts a process that is out of memory, and prints a message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) throw error
  if ('killed' in error && error.killed) return `not within ${TIME_LIMIT_MS / 1000} s`
  if ('stderr' in error && /heap out of memory|heap limit/.test(`${error.stderr}`)) return 'out of memory'
  throw error
}
