import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import * as adapter from '../../../src/adapter.ts'
import { type Broken, parts } from './adapter.ts'
import { failuresOf, suiteOf } from './harness.ts'

it('testProvider() passes an adapter that fulfills the contract', async () => {
  expect(await failuresOf(suiteOf({}))).toEqual({})
})

it('testProvider() passes it even if garbage is collected while a request is in flight', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  let isDue = false
  const suite = suiteOf({
    send(fetch, url, init) {
      const answer = parts.send(fetch, url, init)
      // Once for all requests of a turn.
      if (!isDue) {
        setImmediate(() => {
          isDue = false
          collectGarbage()
        })
      }
      isDue = true
      return answer
    },
  })
  expect(await failuresOf(suite)).toEqual({})
})

describe('testProvider() passes an adapter by hand that', () => {
  it.each<[string, Broken]>([
    ['refuses redirects', { init: (signal) => ({ ...parts.init(signal), redirect: 'error' }) }],
    ['knows no total', { totalOf: () => null }],
    [
      'leaves statuses to the page loop',
      {
        capabilities: { maxPageSize: 50, statusFilter: 'none', statuses: ['active', 'closed'] },
        query: (request) => parts.query({ ...request, status: null }),
      },
    ],
    [
      'can request one conversation at a time only',
      {
        capabilities: { ...parts.capabilities, maxPageSize: 1 },
        query: (request) => parts.query(request).replace(/&size=\d+/, ''),
      },
    ],
    [
      'has three page sizes to choose from',
      {
        query: (request) =>
          parts.query({
            ...request,
            pageSize: [10, 25, 50].find((size) => size >= request.pageSize) ?? 50,
          }),
      },
    ],
    [
      'refuses a page with an invalid conversation as a whole',
      {
        itemsOf(answer, request) {
          const isWhole = answer.items.every((item) => item?.key)
          if (!isWhole) throw new adapter.ResponseValidationError('no id', { provider: 'example' })
          return parts.itemsOf(answer, request)
        },
      },
    ],
    [
      'refuses ids of another form',
      {
        lookups(participant) {
          const [lookup] = parts.lookups(participant)
          if (lookup !== undefined && /^contact-\d$/.test(lookup.key)) return [lookup]
          return parts.lookups({ identity: 'jo' })
        },
      },
    ],
    [
      'looks up nobody else',
      {
        lookups: (participant) =>
          parts.lookups(
            'id' in participant && participant.id === 'contact-1' ? participant : { identity: '' },
          ),
      },
    ],
  ])('%s', async (_, broken) => {
    expect(await failuresOf(suiteOf(broken))).toEqual({})
  })

  it('has pages of a fixed size', async () => {
    const suite = suiteOf({ query: (request) => parts.query(request).replace(/&size=\d+/, '') })
    expect(await failuresOf({ ...suite, hasFixedPageSize: true })).toEqual({})
  })

  it('omits an empty list', async () => {
    const suite = suiteOf({ itemsOf: ({ items }) => (items ?? []).map((item) => ({ ...item })) })
    const failures = await failuresOf({
      ...suite,
      respond: ({ conversations, nextPageToken, total }) =>
        Response.json({
          next: nextPageToken,
          total,
          ...(conversations.length > 0 && {
            items: conversations.map(({ id, status }) => ({ key: id, state: status })),
          }),
        }),
    })
    expect(failures).toEqual({})
  })
})
