/**
 * What a start costs: importing each entry, and listing three pages in a fresh process.
 * `npm run bench:start`, or with the number of rounds: `npm run bench:start -- 31`.
 */
import { nodeVersion, run, startServer } from './processes.ts'
import type { Imported } from './programs/import.ts'
import type { ShortListing } from './programs/short-listing.ts'
import { inMegabytes, medianOf, printTable, roundsOr, takeTurns } from './results.ts'

interface Contestant {
  readonly format: 'esm' | 'cjs'
  /** The name of a package, or `nothing`. */
  readonly name: string
}

const NOTHING = 'nothing'
const BARE_LOOP = 'a bare loop of fetch'
const LIBRARY = 'participant-conversations'
const ENTRIES = [LIBRARY, `${LIBRARY}/twilio`, `${LIBRARY}/bird`, `${LIBRARY}/adapter`, `${LIBRARY}/testing`]

const rounds = roundsOr(15)
console.log(`${nodeVersion}, medians of ${rounds} rounds`)
await compareImports()
await compareShortListings()

/** What each takes on top of an empty process, compared with `require('twilio')`. */
async function compareImports(): Promise<void> {
  const contestants = inBothFormats([NOTHING, ...ENTRIES, 'twilio', 'undici', 'zod'])
  const results = await takeTurns(rounds, contestants, ({ format, name }) =>
    run<Imported>('import', name === NOTHING ? [] : [name], { format }),
  )
  const of = (format: string, name: string, field: keyof Imported): number =>
    medianOf(results.get(find(contestants, format, name)), (imported) => imported[field])
  const added = (format: string, name: string, field: keyof Imported): number =>
    of(format, name, field) - of(format, NOTHING, field)
  const part = ({ format, name }: Contestant, field: keyof Imported): string =>
    (added(format, name, field) / added('cjs', 'twilio', field)).toFixed(2)

  console.log('\nImporting, on top of an empty process. In brackets: divided by that of require(twilio).')
  printTable(
    ['', 'ms', 'RSS, MB', 'heap, MB'],
    contestants.map((contestant) => {
      const { format, name } = contestant
      const cell = (field: keyof Imported, text: (value: number) => string): string =>
        name === NOTHING
          ? text(of(format, name, field))
          : `${text(added(format, name, field))} (${part(contestant, field)})`
      return [
        titleOf(contestant),
        cell('ms', (ms) => ms.toFixed(1)),
        cell('rss', inMegabytes),
        cell('heapUsed', inMegabytes),
      ]
    }),
  )
}

async function compareShortListings(): Promise<void> {
  const contestants = inBothFormats([NOTHING, BARE_LOOP, `${LIBRARY}/twilio`, 'twilio'])
  const server = await startServer({ PAGES: '3' })
  const results = await takeTurns(rounds, contestants, async ({ format, name }) => {
    const startedAt = performance.timeOrigin + performance.now()
    const { firstAt, lastAt, cpuMs } = await run<ShortListing>('short-listing', [name, server.url], {
      format,
    })
    return { first: firstAt - startedAt, last: lastAt - startedAt, cpu: cpuMs }
  })
  await server.close()

  type Field = 'first' | 'last' | 'cpu'
  const of = (format: string, name: string, field: Field): number =>
    medianOf(results.get(find(contestants, format, name)), (measured) => measured[field])
  const added = (format: string, name: string, field: Field): number =>
    of(format, name, field) - of(format, NOTHING, field)
  console.log(
    '\nThree pages from a server on this machine, in a fresh process. In brackets: what comes on top of an empty process, divided by that of require(twilio).',
  )
  printTable(
    ['', 'first conversation, ms', 'last conversation, ms', 'CPU, ms'],
    contestants.map((contestant) => {
      const { format, name } = contestant
      const cell = (field: Field): string =>
        `${of(format, name, field).toFixed(0)} (${(added(format, name, field) / added('cjs', 'twilio', field)).toFixed(2)})`
      return [titleOf(contestant), cell('first'), cell('last'), cell('cpu')]
    }),
  )
}

function inBothFormats(names: readonly string[]): readonly Contestant[] {
  return (['esm', 'cjs'] as const).flatMap((format) => names.map((name) => ({ format, name })))
}

/** Finds the contestant object, by which results are looked up. */
function find(contestants: readonly Contestant[], format: string, name: string): Contestant {
  const found = contestants.find((one) => one.format === format && one.name === name)
  if (found === undefined) throw new Error(`There is no contestant ${format} ${name}`)
  return found
}

function titleOf({ format, name }: Contestant): string {
  const module = format === 'esm' ? 'ESM' : 'CommonJS'
  if (name === NOTHING) return `an empty process, ${module}`
  if (name === BARE_LOOP) return `${name}, ${module}`
  return `${format === 'esm' ? 'import' : 'require'}(${name})`
}
