import { describe, expect, it } from 'vitest'
import * as adapter from '../../../src/adapter.ts'
import type { HttpOptions } from '../../../src/index.ts'
import { type Description, described, describedSuite } from './described.ts'
import { failuresOf } from './harness.ts'
import type { Fetch } from './http.ts'

describe('testProvider() passes a description with', () => {
  const small = { query: 'size', max: 50 } as const
  const rows: Pick<Description['rows'], 'in' | 'normalize'> = {
    in: 'items',
    normalize: (raw) => ({ status: raw.open ? 'active' : 'closed' }),
  }
  it.each<[string, Partial<Description>]>([
    ['tokens', {}],
    ['no page size', { pageSize: undefined }],
    ['a page size of one', { pageSize: { query: 'size', max: 1 } }],
    ['tokens in the body', { paging: { by: 'token', body: 'page.after', next: 'after' } }],
    ['page numbers', { paging: { by: 'number', query: 'page', last: 'pages' } }],
    ['page numbers alone', { paging: { by: 'number', query: 'page' }, pageSize: small }],
    ['pages of a fixed size', { paging: { by: 'number', query: 'page' }, pageSize: { fixed: 10 } }],
    ['offsets', { paging: { by: 'offset', query: 'skip', more: 'more' } }],
    ['one page', { paging: { by: 'none' }, pageSize: undefined }],
    [
      'one status',
      { statuses: { all: ['unknown'] }, rows: { ...rows, normalize: () => ({ status: 'unknown' }) } },
    ],
    ['an optional list', { rows: { ...rows, optional: true } }],
    [
      'a filter by status',
      {
        statuses: { all: ['active', 'closed'], filter: 'one' },
        request: ({ lookup, status }) => ({ path: ['contacts', lookup.value], query: { status } }),
      },
    ],
    [
      'two lists',
      {
        lists: () => ['sms', 'email'],
        request: ({ lookup, list }) => ({ path: ['contacts', lookup.value, list] }),
      },
    ],
    ['a schema of the page', { page: pageSchema() }],
  ])('%s', async (_, broken) => {
    expect(await failuresOf(describedSuite(broken))).toEqual({})
  })

  it('UUIDs, and no list where there are no conversations', async () => {
    const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
    const participant = { id: 'b3f1c9d2-0a4e-4c1b-9f6d-2e8a7c5d4f10' }
    const createProvider = (fetch: Fetch, http: HttpOptions) => {
      const made = described(fetch, http, { rows: { ...rows, optional: true } })
      return {
        ...made,
        lookups(one: Parameters<NonNullable<typeof made.lookups>>[0]) {
          const isUuid = 'id' in one && uuid.test(String(one.id))
          if (!isUuid) throw adapter.unsupportedParticipant('example', 'must have a UUID')
          return made.lookups?.(one) ?? []
        },
      }
    }
    const suite = describedSuite({})
    const failures = await failuresOf({
      ...suite,
      participant,
      createProvider,
      readPageToken: (request) => new URL(request.url).searchParams.get('after'),
      respond: (page) =>
        page.conversations.length === 0 && !page.hasMore ? Response.json({}) : suite.respond(page),
    })
    expect(failures).toEqual({})
  })
})

/** Checks that a page has a list, as a schema of zod would. */
function pageSchema(): Description['page'] {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        Array.isArray(Object(value).items)
          ? { value: value as never }
          : { issues: [{ message: 'is not a list', path: ['items'] }] },
    },
  }
}
