/**
 * What it costs to begin: importing each entry, and the time from the start of a process to its first conversation.
 * `npm run bench:start`, or with the number of rounds: `npm run bench:start -- 31`.
 */
import { nodeVersion, run, startServer } from './processes.ts'
import type { First } from './programs/first-conversation.ts'
import type { Imported } from './programs/import.ts'
import { inMegabytes, medianOf, printTable, roundsOr, takeTurns } from './results.ts'

interface Contestant {
  readonly format: 'esm' | 'cjs'
  /** Of a package, or nothing at all. */
  readonly name: string
}

const NOTHING = 'nothing'
const LIBRARY = 'participant-conversations'
const ENTRIES = [LIBRARY, `${LIBRARY}/twilio`, `${LIBRARY}/bird`, `${LIBRARY}/adapter`, `${LIBRARY}/testing`]

const rounds = roundsOr(15)
console.log(`${nodeVersion}, medians of ${rounds} rounds`)
await compareImports()
await compareFirstConversations()

/** What each takes on top of an empty process, beside what `require('twilio')` takes. */
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

async function compareFirstConversations(): Promise<void> {
  const contestants = inBothFormats([NOTHING, `${LIBRARY}/twilio`, 'twilio'])
  const server = await startServer()
  const results = await takeTurns(rounds, contestants, async ({ format, name }) => {
    const startedAt = performance.timeOrigin + performance.now()
    const { at } = await run<First>('first-conversation', [name, server.url], { format })
    return at - startedAt
  })
  await server.close()

  const of = (format: string, name: string): number =>
    medianOf(results.get(find(contestants, format, name)), (ms) => ms)
  console.log('\nFrom the start of the process to the first conversation, from a server on this machine.')
  printTable(
    ['', 'ms', 'ms on top of an empty process', 'divided by that of require(twilio)'],
    contestants.map((contestant) => {
      const { format, name } = contestant
      const added = of(format, name) - of(format, NOTHING)
      const part = added / (of('cjs', 'twilio') - of('cjs', NOTHING))
      return [titleOf(contestant), of(format, name).toFixed(0), added.toFixed(0), part.toFixed(2)]
    }),
  )
}

function inBothFormats(names: readonly string[]): readonly Contestant[] {
  return (['esm', 'cjs'] as const).flatMap((format) => names.map((name) => ({ format, name })))
}

/** Results are found by the contestant itself. */
function find(contestants: readonly Contestant[], format: string, name: string): Contestant {
  const found = contestants.find((one) => one.format === format && one.name === name)
  if (found === undefined) throw new Error(`There is no contestant ${format} ${name}`)
  return found
}

function titleOf({ format, name }: Contestant): string {
  if (name === NOTHING) return `an empty process, ${format === 'esm' ? 'ESM' : 'CommonJS'}`
  return `${format === 'esm' ? 'import' : 'require'}(${name})`
}
