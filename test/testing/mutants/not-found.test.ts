import { describe, expect, it } from 'vitest'
import { type Broken, parts } from './adapter.ts'
import { type Description, describedSuite } from './described.ts'
import { failuresOf, suiteOf } from './harness.ts'

/** What the suite cannot know, as docs/adapters.md says. A fault that is found belongs in the other files. */

describe('testProvider() does not find that an adapter', () => {
  it.each<[fault: string, broken: Broken]>([
    [
      'reads dates as local ones',
      {
        normalize: (item) => ({ ...parts.normalize(item), createdAt: new Date('2024-03-01 12:00') }),
      },
    ],
    [
      'maps a field to the wrong one',
      { normalize: (item) => ({ ...parts.normalize(item), title: item.state }) },
    ],
    ['has the same scope for every account', { more: { scope: 'constant' } }],
    ['takes the status 204 for the end', { isSuccess: (status) => status === 200 || status === 204 }],
  ])('%s', async (_, broken) => {
    expect(await failuresOf(suiteOf(broken))).toEqual({})
  })
})

describe('testProvider() does not find that a description', () => {
  it.each<[fault: string, broken: Partial<Description>]>([
    ['has another name for the page token', { paging: { by: 'token', query: 'aftr', next: 'after' } }],
    ['begins with another page', { paging: { by: 'number', query: 'page', first: 0, more: 'more' } }],
    [
      'takes a missing list for an empty one',
      {
        rows: {
          in: 'items',
          optional: true,
          normalize: (raw) => ({ status: raw.open ? 'active' : 'closed' }),
        },
      },
    ],
  ])('%s', async (_, broken) => {
    expect(await failuresOf(describedSuite(broken))).toEqual({})
  })
})
