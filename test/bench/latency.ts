/**
 * How long a listing takes if the provider is far away: with a consumer that works as long as the provider, for a customer
 * on both providers, and over a slow link with and without gzip. `npm run bench:latency`, or with the number of rounds:
 * `npm run bench:latency -- 9`.
 */
import { nodeVersion, run, startServer } from './processes.ts'
import type { Latency } from './programs/latency.ts'
import { inMegabytes, medianOf, printTable, roundsOr, takeTurns } from './results.ts'

const rounds = roundsOr(5)
const warmUp = await startServer({ PAGES: '1' })
console.log(`${nodeVersion}, medians of ${rounds} rounds`)
await comparePrefetch(40, 40)
await compareSources(200)
await compareGzip(100, 20_000_000)
await warmUp.close()

async function comparePrefetch(pages: number, ms: number): Promise<void> {
  const server = await startServer({ PAGES: String(pages), DELAY_MS: String(ms) })
  const names = [
    'this library',
    'this library, prefetch',
    'twilio list(), then page by page',
    'twilio page(), nextPage()',
  ]
  const results = await takeTurns(rounds, names, (name) =>
    run<Latency>('latency', [name, server.url, warmUp.url, ms]),
  )
  await server.close()

  const totalOf = (name: string): number => medianOf(results.get(name), ({ totalMs }) => totalMs)
  console.log(`\n${pages} pages; an answer takes ${ms} ms, and so does the work on a page.`)
  printTable(
    ['contestant', 'total ms', 'ms to the first conversation', 'total / without prefetch'],
    names.map((name) => [
      name,
      totalOf(name).toFixed(0),
      medianOf(results.get(name), ({ firstMs }) => firstMs).toFixed(0),
      (totalOf(name) / totalOf('this library')).toFixed(3),
    ]),
  )
}

async function compareSources(ms: number): Promise<void> {
  const server = await startServer({ PAGES: '1', DELAY_MS: String(ms) })
  const names = [
    'both providers: this library',
    'both providers: this library, one source at a time',
    'both providers: twilio list() and fetch, one after the other',
  ]
  const results = await takeTurns(rounds, names, (name) =>
    run<Latency>('latency', [name, server.url, warmUp.url]),
  )
  await server.close()

  console.log(`\n4 sources with a page each; a response takes ${ms} ms.`)
  printTable(
    ['contestant', 'total ms', 'ms to the first conversation', 'total / one response'],
    names.map((name) => {
      const totalMs = medianOf(results.get(name), (latency) => latency.totalMs)
      const firstMs = medianOf(results.get(name), (latency) => latency.firstMs)
      return [name, totalMs.toFixed(0), firstMs.toFixed(0), (totalMs / ms).toFixed(2)]
    }),
  )
}

async function compareGzip(pages: number, bitsPerSecond: number): Promise<void> {
  const modes = ['off', 'on'] as const
  const servers = {
    off: await startServer(settingsOf('off')),
    on: await startServer(settingsOf('on')),
  }
  const speed = await measureLink(servers.off.url, bitsPerSecond)
  const results = await takeTurns(rounds, modes, async (gzip) => {
    const { url, bytesSent } = servers[gzip]
    const before = await bytesSent()
    const latency = await run<Latency>('latency', ['this library', url, warmUp.url])
    return { ...latency, bytes: (await bytesSent()) - before }
  })
  for (const mode of modes) await servers[mode].close()

  const totalOf = (mode: 'off' | 'on'): number => medianOf(results.get(mode), ({ totalMs }) => totalMs)
  const bytesOf = (mode: 'off' | 'on'): number => medianOf(results.get(mode), ({ bytes }) => bytes)
  console.log(
    `\n${pages} pages over a link of ${bitsPerSecond / 1e6} Mbit/s; a plain download had ${speed.toFixed(1)}.`,
  )
  printTable(
    ['gzip', 'MB on the wire', 'total ms', 'bytes / without gzip', 'total / without gzip'],
    modes.map((mode) => [
      mode,
      inMegabytes(bytesOf(mode)),
      totalOf(mode).toFixed(0),
      (bytesOf(mode) / bytesOf('off')).toFixed(3),
      (totalOf(mode) / totalOf('off')).toFixed(3),
    ]),
  )

  function settingsOf(GZIP: 'on' | 'off'): Record<string, string> {
    return { GZIP, PAGES: String(pages), LINK_BITS_PER_SECOND: String(bitsPerSecond) }
  }
}

/** The speed in megabits per second of a two-second download with only one request. */
async function measureLink(url: string, bitsPerSecond: number): Promise<number> {
  const startedAt = performance.now()
  const response = await fetch(`${url}/raw?bytes=${bitsPerSecond / 4}`)
  const { byteLength } = await response.arrayBuffer()
  return (byteLength * 8) / 1000 / (performance.now() - startedAt)
}
