import { ServerError } from '../../../src/index.ts'
import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const aborts = 'stops a request in flight when the listing is aborted'
const redirects = 'follows no redirects'
const limits = 'aborts a request that takes longer than timeoutMs'

findsFaults([
  [
    'does not pass on the signal',
    { init: (signal) => ({ ...parts.init(signal), signal: null }) },
    aborts,
    /the request continues after the listing was aborted: pass request.signal to fetch/,
  ],
  [
    'passes on another signal',
    { init: (signal) => ({ ...parts.init(signal), signal: new AbortController().signal }) },
    aborts,
    /the request continues after the listing was aborted/,
  ],
  [
    'follows redirects',
    { init: (signal) => ({ ...parts.init(signal), redirect: 'follow' }) },
    redirects,
    /it lets fetch follow redirects.*set redirect to 'manual' or 'error'/,
  ],
  [
    'does not say that redirects must not be followed',
    { init: (signal) => ({ signal, headers: { authorization: 'Bearer a-secret-key' } }) },
    redirects,
    /it lets fetch follow redirects/,
  ],
  [
    'takes a redirect for the end',
    {
      isSuccess: (status) => status < 400,
      parse: (text, isFirst) =>
        text === '' ? { next: null, items: [], total: 0 } : parts.parse(text, isFirst),
    },
    redirects,
    /nothing is thrown for a redirect: the listing ends as if it were complete/,
  ],
  [
    'has no time limit',
    { startTimer: () => () => {} },
    limits,
    /it waits for a response that does not arrive much longer than timeoutMs/,
  ],
  [
    'limits the time until the response, but not that of its body',
    () => {
      let stop = (): void => {}
      return {
        startTimer(timeoutMs, callback) {
          stop = parts.startTimer(timeoutMs, callback)
          return stop
        },
        async send(fetch, url, init) {
          const response = await fetch(url, init)
          stop()
          return response
        },
      }
    },
    limits,
    /it waits for a body that does not end much longer than timeoutMs/,
  ],
  [
    'throws another error when the time is over',
    { timeoutError: () => parts.errorOf(504, { url: '', attempts: 1, retryAfterMs: null, body: '' }) },
    limits,
    /the error for a response that does not arrive is .*ServerError: no", not TimeoutError|is ServerError: no, not TimeoutError/,
  ],
  [
    'goes on waiting when the time is over',
    {
      init: (signal) => ({ ...parts.init(signal), signal: null }),
      startTimer: parts.startTimer,
      send: (fetch, url, init) =>
        Promise.race([
          fetch(url, init),
          new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 60)),
        ]),
    },
    limits,
    /a response that does not arrive is still waited for after timeoutMs: abort the request/,
  ],
  [
    'says that a late response would not come later either',
    {
      timeoutError: (timeoutMs) => Object.assign(parts.timeoutError(timeoutMs), { isRetryable: false }),
    },
    limits,
    /has isRetryable: false, but the same call may succeed later/,
  ],
  [
    'throws an error of its own after the last retry',
    {
      isRetried: () => false,
      errorOf: (status, sent) => (status === 503 ? new Error('gave up') : parts.errorOf(status, sent)),
    },
    'throws ServerError for the status 503, and continues from its cursor',
    new RegExp(`not ${ServerError.name}$`),
  ],
])
