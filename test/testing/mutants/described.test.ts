import { describe, expect, it } from 'vitest'
import { type Description, describedSuite } from './described.ts'
import { failureOf } from './harness.ts'

const lists = 'lists the conversations of every page, in order'
const totals = 'returns the request id and the total of a page, or null'
const statuses = 'gives each conversation a status that its capabilities declare'
const filters = 'filters by status itself if its capabilities say so'
const requests = 'requests the conversations of the participant, and of nobody else'
const binds = 'binds its cursors to the participant'
const secrets = 'shows no secret in an error, in itself or in a cursor'

const byNumber = { by: 'number', query: 'page' } as const
const byOffset = { by: 'offset', query: 'skip' } as const

describe('testProvider() reports that a description', () => {
  it.each<[fault: string, broken: Partial<Description>, name: string, message: RegExp]>([
    [
      'looks for the token in the wrong place',
      { paging: { by: 'token', query: 'after', next: ({ after }) => after?.slice(99) } },
      lists,
      /it loses 4/,
    ],
    [
      'ends when few are left',
      { paging: { by: 'token', query: 'after', next: ({ after, total }) => (total > 9 ? after : null) } },
      'continues after a short page',
      /it loses 4/,
    ],
    [
      'leaves out who is looked up',
      { request: () => ({ path: ['conversations'] }) },
      requests,
      /its request is the same for the participants/,
    ],
    [
      'has a constant lookup key',
      { lookupKey: () => 'contact' },
      binds,
      /lookups\(\) must return another key/,
    ],
    [
      'ignores the status of a row',
      { rows: { in: 'items', normalize: () => ({ status: 'active' }) } },
      statuses,
      /the status of 2 is "active"/,
    ],
    [
      'declares a filter that it does not use',
      { statuses: { all: ['active', 'closed'], filter: 'one' } },
      filters,
      /its request for the status "active" is the same as without a status/,
    ],
    ['counts the pages as its total', { total: 'pages' }, totals, /the total of a page is 1/],
    [
      'ends a page early',
      { paging: { ...byNumber, last: ({ pages }) => pages - 1 } },
      lists,
      /it loses 10, 11$/,
    ],
    [
      'takes a sign that more follow for its opposite',
      { paging: { ...byNumber, more: ({ more }) => more === false } },
      lists,
      /it loses 4/,
    ],
    [
      'takes the size of the page for the total',
      { paging: { ...byOffset, total: ({ items }) => items.length } },
      lists,
      /it loses 4/,
    ],
    [
      'takes another number for the id',
      {
        rows: {
          in: 'items',
          id: ({ id }) => id * 10,
          normalize: (raw) => ({ status: raw.open ? 'active' : 'closed' }),
        },
      },
      lists,
      /it yields the ids "20"/,
    ],
    [
      'shares an object between its rows',
      (() => {
        const attributes = {}
        return {
          rows: {
            in: 'items',
            normalize: (raw) => ({ status: raw.open ? 'active' : 'closed', attributes }),
          },
        }
      })(),
      'shares no object between conversations',
      /conversation.attributes is the same object/,
    ],
    [
      'has the participant in its scope',
      { scope: 'account of contact-1' },
      secrets,
      /provider.scope contains one of the secrets/,
    ],
    [
      'has its key in a path',
      { request: ({ lookup }) => ({ path: ['a-secret-key', 'contacts', lookup.value] }) },
      secrets,
      /contains one of the secrets/,
    ],
  ])('%s', async (_, broken, name, message) => {
    expect(await failureOf({ ...describedSuite(broken), secrets: ['a-secret-key'] }, name)).toMatch(message)
  })
})
