/**
 * What a listing takes in a fresh process, on top of an empty one: code is loaded, and V8 has optimized nothing yet.
 * `npm run bench:cold`, or with the number of rounds and a number of conversations: `npm run bench:cold -- 31 500`.
 */
import { contestants } from './contestants.ts'
import { nodeVersion, run, startServer } from './processes.ts'
import type { Cold } from './programs/cold.ts'
import { medianOf, printTable, roundsOr, takeTurns } from './results.ts'

/** How many conversations are listed: those of Twilio. Bird's pages have twice as many. */
const sizes = process.argv[3] === undefined ? [1, 50, 500, 5000, 20_000] : [Number(process.argv[3])]
const rounds = roundsOr(15)
const NOTHING = 'nothing'
const LOOP = 'bare loop of fetch'
const names = Object.keys(contestants).filter((name) => !/prefetch|each/.test(name))

console.log(`${nodeVersion}, medians of ${rounds} rounds, on top of an empty process`)
for (const size of sizes) {
  const rows = Math.min(size, 50)
  const server = await startServer({ PAGES: String(Math.ceil(size / rows)), ROWS: String(rows) })
  const results = await takeTurns(rounds, [NOTHING, ...names], async (name) => {
    const startedAt = performance.timeOrigin + performance.now()
    const { cpuMs, endedAt } = await run<Cold>('cold', name === NOTHING ? [] : [name, server.url])
    return { cpuMs, wallMs: endedAt - startedAt }
  })
  await server.close()

  const added = (name: string, field: 'cpuMs' | 'wallMs'): number =>
    medianOf(results.get(name), (one) => one[field]) - medianOf(results.get(NOTHING), (one) => one[field])
  const ratio = (name: string, other: string, field: 'cpuMs' | 'wallMs'): string =>
    names.includes(other) ? (added(name, field) / added(other, field)).toFixed(2) : ''

  console.log(`\n${size} conversation${size === 1 ? ', so that the time is that to the first one' : 's'}:`)
  printTable(
    ['', 'CPU, ms', 'CPU / fetch loop', 'CPU / twilio list()', 'time, ms', 'time / fetch loop'],
    names.map((name) => {
      const loop = `${name.split(':')[0]}: ${LOOP}`
      return [
        name,
        added(name, 'cpuMs').toFixed(0),
        ratio(name, loop, 'cpuMs'),
        ratio(name, 'twilio: twilio list()', 'cpuMs'),
        added(name, 'wallMs').toFixed(0),
        ratio(name, loop, 'wallMs'),
      ]
    }),
  )
}
