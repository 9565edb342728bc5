import { ConfigurationError } from '../model/errors.ts'

/** Which requests fail, and how often. */
interface FailureTarget {
  /** Requests to this provider only. Default: whichever is asked first. */
  provider?: 'twilio' | 'bird' | undefined
  /** Requests for this page of a listing only; the first page is 1. Default: the next request for any page. */
  page?: number | undefined
  /** How many requests in all; `Infinity` is until `reset()`. Default: 1. */
  times?: number | undefined
}

/** An answer with an error status, in the provider's own form. */
export interface StatusFailure extends FailureTarget {
  /** From 400 to 599. */
  status: number
  /** The header `Retry-After`: a number of seconds, or a date as HTTP writes it. Default: not sent. */
  retryAfter?: string | number | undefined
  /** Default: the provider's general code for the status, such as 20429 on Twilio or `TooManyRequests` on Bird. */
  code?: string | number | undefined
  /** Default: what the status means, in words. */
  message?: string | undefined
  networkError?: never
}

/** No answer at all: `fetch` rejects with the `TypeError` that a broken connection gives. */
export interface NetworkFailure extends FailureTarget {
  networkError: true
  status?: never
  retryAfter?: never
  code?: never
  message?: never
}

/** How a request to a stand-in fails. */
export type StandInFailure = StatusFailure | NetworkFailure

/** Failures that are still to come, in the order in which they were asked for. */
export interface Failures {
  /** @throws ConfigurationError */
  add(failure: StandInFailure): void
  /** The failure that a request meets, if any. It is used up by that. */
  take(provider: 'twilio' | 'bird', page: number): StandInFailure | undefined
  clear(): void
}

export function createFailures(): Failures {
  const waiting: { readonly failure: StandInFailure; left: number }[] = []
  return {
    add(failure) {
      checkFailure(failure)
      waiting.push({ failure: { ...failure }, left: failure.times ?? 1 })
    },
    take(provider, page) {
      const index = waiting.findIndex(
        ({ failure }) =>
          (failure.provider ?? provider) === provider &&
          (failure.page === undefined || failure.page === page),
      )
      const met = waiting[index]
      if (met === undefined) return undefined
      met.left -= 1
      if (met.left === 0) waiting.splice(index, 1)
      return met.failure
    },
    clear() {
      waiting.length = 0
    },
  }
}

/** What `fetch` rejects with where a connection breaks. */
export function networkError(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  return new TypeError('fetch failed', { cause })
}

/** Each option with what it takes, in words and as a test. */
const OPTIONS: Record<keyof StatusFailure, [string, (value: unknown) => boolean]> = {
  provider: ["'twilio' or 'bird'", (value) => value === 'twilio' || value === 'bird'],
  page: ['a whole number from 1 up', (value) => Number.isSafeInteger(value) && Number(value) >= 1],
  times: [
    'a whole number from 1 up, or Infinity',
    (value) => value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && Number(value) >= 1),
  ],
  status: [
    'a whole number from 400 to 599',
    (value) => Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599,
  ],
  retryAfter: [
    'a number of seconds, or what the header is to say',
    (value) => (typeof value === 'string' && value !== '') || (Number.isFinite(value) && Number(value) >= 0),
  ],
  code: ['a string or a number', (value) => typeof value === 'string' || Number.isFinite(value)],
  message: ['a string', (value) => typeof value === 'string'],
  networkError: ['true', (value) => value === true],
}

/** For those who write no TypeScript. */
function checkFailure(failure: unknown): void {
  if (typeof failure !== 'object' || failure === null) throw refuse('must be called with an object')
  const given = Object.entries(failure).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) {
    const [expected, test] = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof StatusFailure] : []
    if (test === undefined) throw refuse(`has no option ${JSON.stringify(name)}; check its spelling`)
    if (!test(value))
      throw refuse(`${name} must be ${expected}; got ${JSON.stringify(value) ?? typeof value}`)
  }
  const names = given.map(([name]) => name)
  if (names.includes('status') === names.includes('networkError')) {
    throw refuse('takes either status or networkError')
  }
  const extra = names.find((name) => ['retryAfter', 'code', 'message'].includes(name))
  if (names.includes('networkError') && extra !== undefined) {
    throw refuse(`takes no ${extra} with networkError: there is no answer that could hold it`)
  }
}

function refuse(problem: string): ConfigurationError {
  return new ConfigurationError(`standIn.fail() ${problem}`)
}
