import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const lists = 'lists the conversations of every page, in order'
const pastEmpty = 'continues after an empty page that has a token'
const afterShort = 'continues after a short page'
const ends = 'ends after the first page without a token, full or empty'
const twice = 'yields a conversation as often as a page has it'
const limit = 'yields no more than limit allows, and requests no page beyond it'
const oneRequest = 'requests one page with one request'

findsFaults([
  [
    'mistakes an empty page for the end',
    { nextPageToken: ({ next, items }) => (items.length === 0 ? null : next) },
    pastEmpty,
    /^example: with pages of \[2,0,0,2\] conversations, it loses Conversation-03, CONVERSATION-04$/,
  ],
  [
    'mistakes a short page for the end',
    { nextPageToken: ({ next, items }) => (items.length < 3 ? null : next) },
    afterShort,
    /it loses Conversation-05/,
  ],
  [
    'mistakes a page that is shorter than requested for the end',
    { nextPageToken: ({ next, items }, { pageSize }) => (items.length < pageSize ? null : next) },
    lists,
    /it loses CONVERSATION-04/,
  ],
  ['lists only the first page', { nextPageToken: () => null }, lists, /it loses CONVERSATION-04/],
  [
    'lists only two pages',
    { nextPageToken: ({ next }, { pageToken }) => (pageToken === null ? next : null) },
    lists,
    /it loses Conversation-07/,
  ],
  [
    'drops the last page',
    {
      itemsOf: (answer, request) =>
        answer.next === null && request.pageToken !== null ? [] : parts.itemsOf(answer, request),
    },
    lists,
    /it loses Conversation-10, Conversation-11$/,
  ],
  [
    'drops a last page that is not full',
    {
      itemsOf: (answer, request) =>
        answer.next === null && answer.items.length < 3 ? [] : parts.itemsOf(answer, request),
    },
    lists,
    /it loses Conversation-10, Conversation-11$/,
  ],
  [
    'drops a page that is the only one',
    {
      itemsOf: (answer, request) =>
        answer.next === null && request.pageToken === null ? [] : parts.itemsOf(answer, request),
    },
    ends,
    /with pages of \[3\] conversations, it loses Conversation-01/,
  ],
  [
    'drops the first conversation of each page but the first',
    {
      itemsOf: (answer, request) => parts.itemsOf(answer, request).slice(request.pageToken === null ? 0 : 1),
    },
    lists,
    /it loses CONVERSATION-04/,
  ],
  [
    'drops the last conversation of a full page',
    { itemsOf: (answer, request) => parts.itemsOf(answer, request).slice(0, 2) },
    lists,
    /it loses Conversation-03/,
  ],
  [
    'changes the order',
    { itemsOf: (answer, request) => parts.itemsOf(answer, request).toReversed() },
    lists,
    /the order is Conversation-03/,
  ],
  [
    'sorts the conversations of a page by id',
    {
      itemsOf: (answer, request) =>
        parts.itemsOf(answer, request).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    },
    lists,
    /the order is/,
  ],
  [
    'repeats conversations',
    { itemsOf: (answer, request) => parts.itemsOf(answer, request).flatMap((item) => [item, item]) },
    lists,
    /it repeats Conversation-01/,
  ],
  [
    'drops what a page has twice',
    {
      itemsOf: (answer, request) => [
        ...new Map(parts.itemsOf(answer, request).map((item) => [item.key, item])).values(),
      ],
    },
    twice,
    /with a page that has a conversation twice/,
  ],
  [
    'returns a page token that is not a string',
    { nextPageToken: ({ next }) => next && (7 as unknown as string) },
    lists,
    /^example: listPage\(\) of example: nextPageToken must be null or a string of at most .*; got 7$/,
  ],
  [
    'returns the token of the page itself',
    { nextPageToken: ({ next }, { pageToken }) => next && (pageToken ?? next) },
    lists,
    /form a loop/,
  ],
  [
    'never ends',
    { nextPageToken: ({ next }) => next ?? 'page-2' },
    ends,
    /a request carries the page token "page-2", which the provider never sent/,
  ],
  [
    'requests each page twice',
    { send: (fetch, url, init) => fetch(url, init).then(() => fetch(url, init)) },
    oneRequest,
    /for three pages it requests the pages 1, 1, 2, 2, 3, 3/,
  ],
  [
    'requests the next page at once',
    {
      async send(fetch, url, init) {
        const response = await fetch(url, init)
        const { next }: { next: string | null } = JSON.parse(await response.clone().text())
        if (next !== null && !url.includes('after=')) await fetch(`${url}&after=${next}`, init)
        return response
      },
    },
    limit,
    /with limit 4 and pages of 3 it requests the pages 1, 2, 2/,
  ],
])
