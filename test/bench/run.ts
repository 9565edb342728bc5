/**
 * CPU time for each conversation, side by side. `npm run bench`, or with the number of rounds and a part of
 * contestants' names: `npm run bench -- 15 bird`.
 */
import { contestants } from './contestants.ts'
import { hasBase, nodeVersion, run, startServer } from './processes.ts'
import type { Cpu } from './programs/cpu.ts'
import { medianOf, printTable, roundsOr, takeTurns } from './results.ts'

const rounds = roundsOr(7)
const part = process.argv[3] ?? ''
const inBase = ', other checkout'
const names = Object.keys(contestants)
  .flatMap((name) => (hasBase && name.includes('this library') ? [name, name + inBase] : [name]))
  .filter((name) => name.includes(part))

const server = await startServer()
const results = await takeTurns(rounds, names, (name) =>
  run<Cpu>('cpu', [name.replace(inBase, ''), server.url], { inBase: name.endsWith(inBase) }),
)
await server.close()

const cpuOf = (name: string): number =>
  medianOf(results.get(name), ({ cpuMicroseconds, count }) => cpuMicroseconds / count)
const wallOf = (name: string): number =>
  medianOf(results.get(name), ({ wallMs, count }) => (wallMs * 1000) / count)

/** Empty if the other one did not take part. */
function ratio(name: string, other: string): string {
  const value = cpuOf(name) / cpuOf(other)
  return Number.isNaN(value) ? '' : value.toFixed(2)
}

console.log(`${nodeVersion}, medians of ${rounds} rounds`)
printTable(
  [
    'contestant',
    'CPU µs each',
    'wall µs each',
    'CPU / its bare loop',
    'CPU / twilio list()',
    'CPU / other checkout',
  ],
  names.map((name) => {
    const [provider] = name.split(':')
    return [
      name,
      cpuOf(name).toFixed(1),
      wallOf(name).toFixed(1),
      ratio(name, `${provider}: ${contestants[name.replace(inBase, '')]?.limit}`),
      provider === 'twilio' ? ratio(name, 'twilio: twilio list()') : '',
      ratio(name, name + inBase),
    ]
  }),
)
