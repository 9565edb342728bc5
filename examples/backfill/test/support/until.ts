import { setTimeout as wait } from 'node:timers/promises'

const DEADLINE_MS = 60_000

/** Looks until something is there, and returns it. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await wait(20)
  }
  throw new Error(`It was not there after ${DEADLINE_MS / 1000} seconds`)
}
