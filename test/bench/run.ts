/**
 * CPU time for each conversation, side by side. `npm run bench`, or with the number of rounds: `npm run bench -- 15`.
 * Contestants take turns, each in a fresh process, against one server in another.
 */
import { contestants } from './contestants.ts'
import { median, run, startServer } from './processes.ts'

interface Measured {
  readonly count: number
  readonly wallMs: number
  readonly cpuMicroseconds: number
}

const [rounds = '7', only = ''] = process.argv.slice(2)
const keys = Object.keys(contestants).filter((key) => key.includes(only))
const results = new Map<string, Measured[]>(keys.map((key) => [key, []]))

const server = await startServer()
for (let round = 0; round < Number(rounds); round += 1) {
  for (const key of keys) results.get(key)?.push(await run<Measured>('contestant.ts', [key, server.url]))
}
await server.close()

const cpuOf = (key: string): number =>
  median((results.get(key) ?? []).map(({ cpuMicroseconds, count }) => cpuMicroseconds / count))
const wallOf = (key: string): number =>
  median((results.get(key) ?? []).map(({ wallMs, count }) => (wallMs * 1000) / count))

console.log(`${process.env.BENCH_NODE ?? `Node ${process.version}`}, ${rounds} rounds, medians\n`)
console.log('| contestant | CPU µs each | wall µs each | CPU / bare loop | CPU / twilio list() |')
console.log('|---|---|---|---|---|')
for (const key of keys) {
  const [provider] = key.split(':')
  const bare = cpuOf(`${provider}: bare loop of ${key.endsWith(' fetch') ? 'fetch' : 'undici'}`)
  const official = provider === 'twilio' ? (cpuOf(key) / cpuOf('twilio: twilio list()')).toFixed(2) : ''
  const ratio = (cpuOf(key) / bare).toFixed(2)
  console.log(`| ${key} | ${cpuOf(key).toFixed(1)} | ${wallOf(key).toFixed(1)} | ${ratio} | ${official} |`)
}
