/** Imports one package, or none, in its own process. The CommonJS build uses require(). */

/** The output of the process, with memory in bytes. */
export interface Imported {
  readonly ms: number
  readonly rss: number
  readonly heapUsed: number
}

async function importNamed(name: string | undefined): Promise<Imported> {
  const startedAt = performance.now()
  if (name !== undefined) await import(name)
  const ms = performance.now() - startedAt
  const rss = process.memoryUsage.rss()
  globalThis.gc?.()
  return { ms, rss, heapUsed: process.memoryUsage().heapUsed }
}

importNamed(process.argv[2]).then((said) => console.log(JSON.stringify(said)))
