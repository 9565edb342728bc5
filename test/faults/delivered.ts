import assert from 'node:assert/strict'
import type { ListedSource } from './accounts.ts'

/** What a consumer has received, and how. */
export interface Delivered {
  /** In order. Each run is one iteration; the next one continues from a cursor. */
  readonly conversations: readonly { readonly id: string; readonly run: number }[]
  /** The keys of the sources whose rest was skipped. */
  readonly skipped: readonly string[]
  /** Whether the listing was followed to its end. */
  readonly isComplete: boolean
}

/**
 * Checks that nothing was lost, repeated or out of order. A conversation that several lookups find is delivered once in
 * each run. A source that was skipped lacks what follows some conversation, and nothing else.
 */
export function checkDelivered(sources: readonly ListedSource[], delivered: Delivered): void {
  const { conversations, isComplete } = delivered
  const ids = conversations.map(({ id }) => id)
  checkRepetitions(sources, delivered)
  const skipped = [...delivered.skipped]
  let position = 0
  for (const { key, conversations: expected } of sources) {
    for (const { id } of expected) {
      if (position === ids.length && !isComplete) return
      if (ids[position] === id) position += 1
      else if (ids.indexOf(id) === -1 || ids.indexOf(id) > position) {
        const index = skipped.indexOf(key)
        assert.ok(index >= 0, `lost ${id} of ${key}, after ${position} of ${ids.length} conversations`)
        skipped.splice(index, 1)
        break
      }
    }
  }
  assert.equal(position, ids.length, `${ids[position]} is out of order, or repeated`)
}

function checkRepetitions(sources: readonly ListedSource[], { conversations }: Delivered): void {
  const lookups = new Map<string, number>()
  for (const source of sources) {
    for (const { id } of source.conversations) lookups.set(id, (lookups.get(id) ?? 0) + 1)
  }
  const runs = new Map<string, number[]>()
  for (const { id, run } of conversations) {
    const earlier = runs.get(id) ?? []
    assert.ok(!earlier.includes(run), `repeated ${id} in run ${run}`)
    runs.set(id, [...earlier, run])
    assert.ok(earlier.length < (lookups.get(id) ?? 0), `repeated ${id} in run ${run}, after ${earlier}`)
  }
}
