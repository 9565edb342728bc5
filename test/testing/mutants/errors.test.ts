import {
  ApiError,
  ConversationsError,
  NotFoundError,
  RateLimitError,
  ServerError,
} from '../../../src/index.ts'
import { parts } from './adapter.ts'
import { findsFaults, type Mutant } from './harness.ts'

const nothing = { next: null, items: [], total: 0 }
const named = (error: string, status: number) =>
  `throws ${error} for the status ${status}, and continues from its cursor`
const firstPage = 'throws an error for a first page that fails, and continues from its cursor'

/** Takes an error status for the end. */
const endsAt = (status: number, error: string): Mutant => [
  `takes the status ${status} for the end`,
  {
    isSuccess: (got) => got === 200 || got === status,
    itemsOf: (answer, request) => (answer.items ? parts.itemsOf(answer, request) : []),
    nextPageToken: ({ next }) => next ?? null,
    totalOf: () => null,
  },
  named(error, status),
  new RegExp(`nothing is thrown for the status ${status}: the listing ends as if it were complete`),
]

const at = { provider: 'example', url: 'https://example.com/', attempts: 1 }

findsFaults([
  endsAt(403, 'PermissionError'),
  endsAt(404, 'NotFoundError'),
  endsAt(409, 'InvalidRequestError'),
  endsAt(410, 'ApiError'),
  endsAt(422, 'InvalidRequestError'),
  endsAt(429, 'RateLimitError'),
  endsAt(500, 'ServerError'),
  endsAt(502, 'ServerError'),
  endsAt(503, 'ServerError'),
  endsAt(504, 'ServerError'),
  [
    'takes a first page with an error for a participant without conversations',
    {
      isSuccess: (status, isFirst) => status === 200 || (isFirst && status >= 400),
      parse: (text, isFirst) => (isFirst && text === '{}' ? nothing : parts.parse(text, isFirst)),
    },
    firstPage,
    /nothing is thrown for a first page with the status 403/,
  ],
  [
    'takes a first page with the status 404 for a participant without conversations',
    {
      isSuccess: (status, isFirst) => status === 200 || (isFirst && status === 404),
      parse: (text, isFirst) => (isFirst && text === '{}' ? nothing : parts.parse(text, isFirst)),
    },
    firstPage,
    /nothing is thrown for a first page with the status 404/,
  ],
  [
    'throws plain errors',
    { errorOf: (status) => new Error(`answered ${status}`) },
    named('RateLimitError', 429),
    /the error for the status 429 is .*not RateLimitError$/,
  ],
  [
    'throws the same class of error for every status',
    { errorOf: (_status, sent) => parts.errorOf(500, sent) },
    named('AuthenticationError', 401),
    /the error for the status 401 is ServerError: no, not AuthenticationError/,
  ],
  [
    'throws ApiError for every status',
    { errorOf: (status) => new ApiError('no', { ...at, status }) },
    named('PermissionError', 403),
    /the error for the status 403 is ApiError: no, not PermissionError/,
  ],
  [
    'throws NotFoundError for the status 410',
    { errorOf: (status, sent) => parts.errorOf(status === 410 ? 404 : status, sent) },
    named('ApiError', 410),
    /the error for the status 410 has the status 404/,
  ],
  [
    'throws ServerError with another status',
    { errorOf: (status, sent) => parts.errorOf(status === 503 ? 500 : status, sent) },
    named('ServerError', 503),
    /the error for the status 503 has the status 500/,
  ],
  [
    'says that a 503 would fail again',
    { errorOf: (status) => new ServerError('no', { ...at, status, isRetryable: false }) },
    named('ServerError', 503),
    /the error for the status 503 has isRetryable: false, but the same call may succeed later/,
  ],
  [
    'says that a 429 would fail again',
    { errorOf: (status) => new RateLimitError('no', { ...at, status, isRetryable: false }) },
    named('RateLimitError', 429),
    /the error for the status 429 has isRetryable: false/,
  ],
  [
    'says that a 404 may succeed later',
    { errorOf: (status) => new NotFoundError('no', { ...at, status, isRetryable: true }) },
    named('NotFoundError', 404),
    /the error for the status 404 has isRetryable: true, but the same call would fail again/,
  ],
  [
    'names another provider in its errors',
    { errorOf: (status) => new ServerError('no', { ...at, provider: 'other', status }) },
    named('ServerError', 500),
    /the error for the status 500 has the provider "other", not "example"/,
  ],
  [
    'throws the base class for everything',
    { errorOf: () => new ConversationsError('no', { provider: 'example' }) },
    named('InvalidRequestError', 400),
    /the error for the status 400 is .*not InvalidRequestError/,
  ],
])
