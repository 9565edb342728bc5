import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { type Broken, failuresOf, parts } from './example-adapter.ts'

const lists = 'lists the conversations of every page, in order'
const pastEmpty = 'continues after an empty page that has a token'
const afterShort = 'continues after a short page'
const tokens = 'sends page tokens back unchanged'
const sizes = 'requests pageSize conversations per page'
const apart = 'keeps concurrent listings apart'
const resumes = 'continues from a cursor at every position, even in another process'
const oneRequest = 'requests one page with one request'

it('testProvider() passes an adapter that fulfills the contract', async () => {
  expect(await failuresOf({})).toEqual({})
})

it('testProvider() passes it even if garbage is collected while a request is in flight', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage: () => void = runInNewContext('gc')
  let isDue = false
  const failures = await failuresOf({
    send(fetch, url, signal) {
      const answer = fetch(url, { signal })
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
  expect(failures).toEqual({})
})

describe('testProvider() reports that an adapter', () => {
  it.each<[string, Broken, string, RegExp]>([
    [
      'mistakes an empty page for the end',
      { nextPageToken: ({ next, items }) => (items.length === 0 ? null : next) },
      pastEmpty,
      /^example: with pages of \[2,0,0,2\] conversations, it loses conversation-03, conversation-04$/,
    ],
    [
      'mistakes a short page for the end',
      { nextPageToken: ({ next, items }) => (items.length < 3 ? null : next) },
      afterShort,
      /it loses conversation-05/,
    ],
    ['lists only the first page', { nextPageToken: () => null }, lists, /it loses conversation-04/],
    ['changes the order', { itemsOf: (items) => items.toReversed() }, lists, /the order is conversation-03/],
    [
      'repeats conversations',
      { itemsOf: (items) => [...items, ...items.slice(-1)] },
      lists,
      /it repeats conversation-03/,
    ],
    [
      'returns a page token that is not a string',
      { nextPageToken: ({ next }) => next && (7 as unknown as string) },
      lists,
      /^example: listPage\(\) of example: nextPageToken must be null or a string of at most .*; got 7$/,
    ],
    [
      'makes up ids',
      { normalize: (item) => ({ ...parts.normalize(item), id: `x-${item.key}` }) },
      lists,
      /it yields the ids "x-conversation-01".*, which the provider never sent/,
    ],
    [
      'does not encode tokens',
      {
        query: ({ pageSize, pageToken }) =>
          `size=${pageSize}${pageToken === null ? '' : `&after=${pageToken}`}`,
      },
      tokens,
      /carries the page token "a b\/c==", which the provider never sent: the last one was "a\+b\/c=="/,
    ],
    [
      'encodes tokens twice',
      {
        query: (request) =>
          parts.query({ ...request, pageToken: request.pageToken && encodeURIComponent(request.pageToken) }),
      },
      tokens,
      /carries the page token "a%2Bb%2Fc%3D%3D"/,
    ],
    [
      'ignores the page size',
      { query: (request) => parts.query({ ...request, pageSize: 5 }) },
      sizes,
      /its request is the same for the page sizes 1 and 5/,
    ],
    [
      'shares its position between listings',
      () => {
        let last: string | null = null
        return {
          query: (request) =>
            parts.query({ ...request, pageToken: request.pageToken === null ? null : last }),
          nextPageToken: ({ next }) => {
            last = next
            return next
          },
        }
      },
      apart,
      /with two listings at the same time, it (loses|repeats)|page token/,
    ],
    [
      'loses its position with the process',
      () => {
        const places = new Map<string, string>()
        return {
          query: (request) =>
            parts.query({
              ...request,
              pageToken: request.pageToken && (places.get(request.pageToken) ?? null),
            }),
          nextPageToken: ({ next }) => {
            const place = next && String(places.size)
            if (place && next) places.set(place, next)
            return place
          },
        }
      },
      resumes,
      /continued by a new provider after \d conversations, it (loses|repeats|throws)/,
    ],
    [
      'requests each page twice',
      { send: (fetch, url, signal) => fetch(url, { signal }).then(() => fetch(url, { signal })) },
      oneRequest,
      /for three pages it requests the pages 1, 1, 2, 2, 3, 3/,
    ],
  ])('%s', async (_, broken, name, message) => {
    const failures = await failuresOf(broken)
    expect(failures[name]).toMatch(message)
    expect(JSON.stringify(failures)).not.toContain('a-secret-key')
  })
})
