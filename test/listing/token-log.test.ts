import { describe, expect, it } from 'vitest'
import { createTokenLog } from '../../src/listing/token-log.ts'

describe('the log of page tokens', () => {
  it('remembers tokens up to its memory, to the last character', () => {
    const { add } = createTokenLog(4)
    expect(['aa', 'bb', 'cc'].map(add)).toEqual([true, true, true])
    expect(['aa', 'bb'].map(add)).toEqual([false, false])
  })

  it('forgets tokens beyond its memory, and still finds a loop of them', () => {
    const { add } = createTokenLog(2)
    expect(['a', 'b', 'c', 'd', 'e'].map(add)).toEqual([true, true, true, true, true])
    // The mark is at "c".
    expect(add('d')).toBe(true)
    const loop = Array.from({ length: 20 }, (_, index) => add('def'.charAt(index % 3)))
    expect(loop).toContain(false)
  })

  it('counts each token once', () => {
    const { add } = createTokenLog(3)
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(add)).not.toContain(false)
    expect(add('e')).toBe(true)
    expect(['a', 'b', 'c'].map(add)).toEqual([false, false, false])
  })
})
