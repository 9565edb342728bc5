import { afterEach, beforeEach, expect } from 'vitest'
import { settled } from './listing.ts'

/** Makes each test in a file fail that leaves a rejection unhandled. */
export function refuseUnhandledRejections(): void {
  const unhandled: unknown[] = []
  const keep = (reason: unknown): void => {
    unhandled.push(reason)
  }
  beforeEach(() => {
    unhandled.length = 0
    process.on('unhandledRejection', keep)
  })
  afterEach(async () => {
    await settled()
    process.off('unhandledRejection', keep)
    expect(unhandled).toEqual([])
  })
}
