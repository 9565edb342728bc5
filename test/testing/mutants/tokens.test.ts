import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const tokens = 'sends page tokens back unchanged'
const loops = 'throws PaginationError for page tokens that form a loop'

findsFaults([
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
    'cuts off long tokens',
    { nextPageToken: ({ next }) => (next === null ? null : next.slice(0, 4096)) },
    tokens,
    /carries the page token "long-x+…, which the provider never sent/,
  ],
  [
    'lower-cases tokens',
    { nextPageToken: ({ next }) => (next === null ? null : next.toLowerCase()) },
    tokens,
    /carries the page token "%2b%25", which the provider never sent: the last one was "%2B%25"/,
  ],
  [
    'trims what is special off tokens',
    { nextPageToken: ({ next }) => (next === null ? null : next.replace(/=+$/, '')) },
    tokens,
    /carries the page token "a\+b\/c"/,
  ],
  [
    "takes the token '0' for none",
    { nextPageToken: ({ next }) => (Number(next) === 0 ? null : next) },
    tokens,
    /it loses/,
  ],
  [
    "takes the token 'null' for none",
    { nextPageToken: ({ next }) => (next === 'null' ? null : next) },
    tokens,
    /it loses/,
  ],
  [
    'mistakes a loop for the end',
    { nextPageToken: ({ next }, { pageToken }) => (next === pageToken ? null : next) },
    loops,
    /it throws nothing: the listing ends as if it were complete/,
  ],
])
