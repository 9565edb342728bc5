import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from '../../model/errors.ts'
import { check, quote } from './assert.ts'
import type { ConformanceCase } from './context.ts'
import { brokenBody, brokenConnection, type ErrorClass, errorResponse, failsAndContinues } from './failing.ts'

/** Whether the same call may succeed later is not checked where it depends on the provider. */
const CLASSES: readonly (readonly [status: number, ErrorClass, isRetryable?: boolean])[] = [
  [400, InvalidRequestError, false],
  [401, AuthenticationError, false],
  [403, PermissionError, false],
  [404, NotFoundError, false],
  [408, ApiError, true],
  [409, InvalidRequestError],
  [410, ApiError, false],
  [418, ApiError],
  [422, InvalidRequestError, false],
  [429, RateLimitError, true],
  [500, ServerError, true],
  [502, ServerError, true],
  [503, ServerError, true],
  [504, ServerError, true],
]

/** Those that an adapter may mistake for a participant without conversations. */
const FIRST_PAGE_STATUSES = [403, 404, 410, 500]

export const errorCases: readonly ConformanceCase[] = [
  ...CLASSES.map(
    ([status, errorClass, isRetryable]): ConformanceCase => ({
      name: `throws ${errorClass.name} for the status ${status}, and continues from its cursor`,
      async run(context) {
        const { error } = await failsAndContinues(context, {
          what: `the status ${status}`,
          errorClass,
          answer: () => errorResponse(context, status),
          ...(isRetryable !== undefined && { isRetryable }),
        })
        const { status: got }: { readonly status?: unknown } = Object(error)
        check(got === status, `the error for the status ${status} has the status ${quote(got)}`)
      },
    }),
  ),
  {
    name: 'throws an error for a first page that fails, and continues from its cursor',
    async run(context) {
      for (const status of FIRST_PAGE_STATUSES) {
        await failsAndContinues(context, {
          what: `a first page with the status ${status}`,
          errorClass: ApiError,
          isFirst: true,
          answer: () => errorResponse(context, status),
        })
      }
    },
  },
  {
    name: 'throws ConnectionError for a connection that breaks, and continues from its cursor',
    async run(context) {
      await failsAndContinues(context, {
        what: 'a fetch that rejects',
        errorClass: ConnectionError,
        isRetryable: true,
        answer: brokenConnection,
      })
    },
  },
  {
    name: 'throws ConnectionError for a body that breaks off, and continues from its cursor',
    async run(context) {
      await failsAndContinues(context, {
        what: 'a body that breaks off',
        errorClass: ConnectionError,
        isRetryable: true,
        answer: brokenBody,
      })
    },
  },
]
