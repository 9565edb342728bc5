import { describe, expect, it } from 'vitest'
import { createCycleGuard } from '../../src/listing/cycle-guard.ts'

describe('the guard against loops of page tokens', () => {
  it('remembers tokens up to its memory, to the last character', () => {
    const isKnown = createCycleGuard(4)
    expect(['aa', 'bb', 'cc'].map(isKnown)).toEqual([false, false, false])
    expect(['aa', 'bb'].map(isKnown)).toEqual([true, true])
  })

  it('forgets tokens beyond its memory, and still finds a loop of them', () => {
    const isKnown = createCycleGuard(2)
    expect(['a', 'b', 'c', 'd', 'e'].map(isKnown)).toEqual([false, false, false, false, false])
    // The mark is at "c".
    expect(isKnown('d')).toBe(false)
    const loop = Array.from({ length: 20 }, (_, index) => isKnown('def'.charAt(index % 3)))
    expect(loop).toContain(true)
  })

  it('counts each token once', () => {
    const isKnown = createCycleGuard(3)
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(isKnown)).not.toContain(true)
    expect(isKnown('e')).toBe(false)
    expect(['a', 'b', 'c'].map(isKnown)).toEqual([true, true, true])
  })
})
