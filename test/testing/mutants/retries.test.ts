import { ApiError, ConnectionError, TimeoutError } from '../../../src/index.ts'
import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const retries = 'retries what may succeed later'
const asOften = 'retries as often as its options allow, and only what may succeed later'
const waits = 'waits as long as Retry-After says, or fails at once'

const RETRIED = [408, 429, 500, 502, 503, 504]

findsFaults([
  [
    'does not retry',
    { isRetried: () => false },
    retries,
    /after the status 408 it does not retry, although retry.retries is 1: it throws .*ApiError/,
  ],
  ...RETRIED.map(
    (status) =>
      [
        `does not retry after the status ${status}`,
        {
          isRetried: (error: unknown) =>
            parts.isRetried(error) && !(error instanceof ApiError && error.status === status),
        },
        retries,
        new RegExp(`after the status ${status} it does not retry`),
      ] as const,
  ),
  [
    'does not retry after a broken connection',
    { isRetried: (error) => parts.isRetried(error) && !(error instanceof ConnectionError) },
    retries,
    /after a fetch that rejects it does not retry/,
  ],
  [
    'skips the page that it retries',
    {
      isRetried: () => false,
      errorOf: parts.errorOf,
      isSuccess: () => true,
      itemsOf: ({ items = [] }) => items,
    },
    retries,
    /retried after the status 408, it loses/,
  ],
  [
    'retries although it must not',
    { retriesOf: () => 1 },
    asOften,
    /for the status 429 it makes 2 requests, although retry.retries is 0/,
  ],
  [
    'counts the first request as a retry',
    { retriesOf: ({ retry }) => (retry?.retries ?? 3) - 1 },
    asOften,
    /for the status 429 it makes 2 requests, although retry.retries is 2/,
  ],
  [
    'retries everything',
    { isRetried: () => true },
    asOften,
    /for the status 400 it makes 2 requests: the same request would fail again/,
  ],
  [
    'retries a 404',
    {
      isRetried: (error) => parts.isRetried(error) || (error instanceof ApiError && error.status === 404),
    },
    asOften,
    /for the status 404 it makes 2 requests/,
  ],
  [
    'ignores Retry-After',
    { retryAfterMs: () => null },
    waits,
    /it retries before the time that Retry-After says/,
  ],
  [
    'takes Retry-After for milliseconds',
    { retryAfterMs: (header) => (header === null ? null : Number(header)) },
    waits,
    /has retryAfterMs: 3600, not 3600000/,
  ],
  [
    'does not say how long to wait',
    {
      isRetried: () => false,
      errorOf: (status, sent) => parts.errorOf(status, { ...sent, retryAfterMs: null }),
    },
    waits,
    /has retryAfterMs: null, not 3600000/,
  ],
  [
    'does not retry when the time is over',
    { isRetried: (error) => parts.isRetried(error) && !(error instanceof TimeoutError) },
    'retries a request that takes longer than timeoutMs',
    /after a response that does not arrive it does not retry: it throws "?TimeoutError/,
  ],
  [
    'retries without an end when there are too many requests',
    {
      isRetried: () => false,
      async send(fetch, url, init) {
        let response = await fetch(url, init)
        while (response.status === 429) response = await fetch(url, init)
        return response
      },
    },
    asOften,
    /the adapter makes more than 200 requests|for the status 429 it makes \d+ requests, although/,
  ],
])
