/** What every error of this library contains besides its message. */
export interface ErrorContext {
  /** The provider's name; null if none is involved. */
  provider?: string | null
  /** The error that led to this one. Its secrets are removed. */
  cause?: unknown
  /** Where to continue: pass it as `cursor`, and no conversation is lost or repeated. */
  cursor?: string | null
  /** Whether the same call may succeed later. Default: depends on the class of the error, or else on its cause. */
  isRetryable?: boolean
  /** What to do about it: sentences that are appended to the message. Default: none. */
  advice?: string | null
}

/**
 * The base class of every error that this library throws.
 *
 * @example
 * try {
 *   await listParticipantConversations({ provider, participant }).toArray()
 * } catch (error) {
 *   if (!(error instanceof ConversationsError && error.isRetryable)) throw error
 *   await runAgainLater()
 * }
 */
export class ConversationsError extends Error {
  /** The name of the provider that the error is about; null if none is involved. */
  declare readonly provider: string | null
  /**
   * Pass it as `cursor` to continue without losing or repeating a conversation. null if the listing never began, and in
   * hooks: do not store it over an older cursor.
   */
  declare readonly cursor: string | null
  /**
   * Whether the same call can succeed later without a change: true for 408, 429, 5xx (except 501 and 505), network faults
   * and timeouts, and if a hook, a callback or an adapter threw something that has `isRetryable: true`. false for everything
   * else, such as wrong credentials or options.
   */
  declare readonly isRetryable: boolean
  /** The part of `message` that says what happened. */
  declare readonly problem: string
  /**
   * The part of `message` that says what to do about it, in terms of this library's options; null if there is none. An app
   * whose users do not know these options can show `problem` with its own advice.
   */
  declare readonly advice: string | null

  constructor(problem: string, context: ErrorContext = {}) {
    const { advice = null } = context
    super(
      advice === null ? problem : `${problem} ${advice}`,
      context.cause === undefined ? undefined : { cause: context.cause },
    )
    // Like `message`, they are not shown among the properties of an error.
    Object.defineProperties(this, {
      problem: { value: problem, configurable: true, writable: true },
      advice: { value: advice, configurable: true, writable: true },
    })
    this.provider = context.provider ?? null
    this.cursor = context.cursor ?? null
    this.isRetryable = context.isRetryable ?? isMarkedRetryable(context.cause)
  }
}

/** Whether an error says so of itself, of whatever library. */
function isMarkedRetryable(error: unknown): boolean {
  const { isRetryable }: { readonly isRetryable?: unknown } = Object(error)
  return isRetryable === true
}

/** What a `ConfigurationError` contains besides its message. */
export interface ConfigurationErrorContext extends ErrorContext {
  /** The path to the option, such as `retry.retries`. */
  option?: string | null
}

/**
 * An option is missing or invalid. Thrown when the function is called, before any request. While a list is read, it is thrown
 * only if `fetch` or `dispatcher` cannot be used, or if Twilio returns another account's conversations.
 *
 * @example
 * const status = error instanceof ConfigurationError && error.option === 'pageSize' ? 400 : 500
 */
export class ConfigurationError extends ConversationsError {
  /** The path to the option, such as `retry.retries`: the first if several are invalid; null if no single one is. */
  declare readonly option: string | null

  constructor(message: string, context: ConfigurationErrorContext = {}) {
    super(message, context)
    this.option = context.option ?? null
  }
}

/**
 * The cursor is damaged, belongs to another query, provider or version, or was not made with this `cursorSecret`.
 *
 * @example
 * const start = error instanceof InvalidCursorError ? null : cursor // the beginning
 */
export class InvalidCursorError extends ConversationsError {}

/**
 * The provider cannot look up the participant by this reference, or the reference is malformed.
 *
 * @example
 * const status = error instanceof UnsupportedParticipantError ? 400 : 500
 */
export class UnsupportedParticipantError extends ConversationsError {}

/** What an error for a response with an error status contains. */
export interface ApiErrorContext extends ErrorContext {
  /** The HTTP status. */
  status: number
  /** The provider's own code. */
  code?: string | number | null
  /** The provider's id of the request. */
  requestId?: string | null
  /** What the provider says besides code and message. */
  details?: unknown
  /** The URL, with the participant and the page token hidden. */
  url: string
  /** How many attempts were made. */
  attempts: number
  /** How long the provider asks to wait, in milliseconds. */
  retryAfterMs?: number | null
}

/**
 * The provider responded with an error status. Common ones have their own class.
 *
 * @example
 * if (error instanceof ApiError) log.error({ err: error }, 'the provider returned an error') // status, code, requestId
 */
export class ApiError extends ConversationsError {
  /** The HTTP status. */
  declare readonly status: number
  /** The provider's own code: a number on Twilio (`20003`), a word on Bird (`InvalidPayload`). */
  declare readonly code: string | number | null
  /** The provider's id of the request, for its support. */
  declare readonly requestId: string | null
  /** Further details from the provider. */
  declare readonly details: unknown
  /** The URL, with the participant and the page token hidden. */
  declare readonly url: string
  /** How many requests were sent, including the first. */
  declare readonly attempts: number
  /** How long to wait before the next request, in milliseconds (`Retry-After`); null if the provider does not say. */
  declare readonly retryAfterMs: number | null

  constructor(message: string, context: ApiErrorContext) {
    super(message, { isRetryable: isRetryableStatus(context.status), ...context })
    this.status = context.status
    this.code = context.code ?? null
    this.requestId = context.requestId ?? null
    this.details = context.details ?? null
    this.url = context.url
    this.attempts = context.attempts
    this.retryAfterMs = context.retryAfterMs ?? null
  }
}

/** Whether the same request may succeed later. 501 and 505 mean that the server cannot handle such a request. */
function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
}

/**
 * 401: the credentials are wrong, or belong to another account or region.
 *
 * @example
 * if (error instanceof AuthenticationError) log.error({ err: error }, 'renew the credentials')
 */
export class AuthenticationError extends ApiError {}

/**
 * 403: the credentials do not permit this request.
 *
 * @example
 * if (error instanceof PermissionError) log.error({ err: error }, 'the key lacks a permission')
 */
export class PermissionError extends ApiError {}

/**
 * 404: the service, workspace or participant does not exist.
 *
 * @example
 * const conversations = error instanceof NotFoundError ? [] : null // Bird does not know the participant
 */
export class NotFoundError extends ApiError {}

/**
 * 400, 409 or 422: the provider rejected the request.
 *
 * @example
 * if (error instanceof InvalidRequestError) log.error({ err: error }, 'the provider rejected the request')
 */
export class InvalidRequestError extends ApiError {}

/**
 * 429, after the retries; or at once if `Retry-After` exceeds `retry.maxRetryAfterMs`.
 *
 * @example
 * if (error instanceof RateLimitError) await runAgainLater(error.retryAfterMs ?? 60_000)
 */
export class RateLimitError extends ApiError {}

/**
 * 5xx, after the retries.
 *
 * @example
 * if (error instanceof ServerError) await runAgainLater()
 */
export class ServerError extends ApiError {}

/** What an error for a request without a usable response contains. */
export interface RequestErrorContext extends ErrorContext {
  url: string
  attempts: number
}

/**
 * The provider could not be reached, or the connection broke, after the retries.
 *
 * @example
 * if (error instanceof ConnectionError) log.warn({ err: error }, `no connection after ${error.attempts} attempts`)
 */
export class ConnectionError extends ConversationsError {
  /** The URL, with the participant and the page token hidden. */
  declare readonly url: string
  /** How many requests were sent, including the first. */
  declare readonly attempts: number

  constructor(message: string, context: RequestErrorContext) {
    super(message, { isRetryable: true, ...context })
    this.url = context.url
    this.attempts = context.attempts
  }
}

/**
 * The last attempt took longer than `timeoutMs`, including its body, after the retries.
 *
 * @example
 * if (error instanceof TimeoutError) log.warn({ err: error }, `no response within ${error.timeoutMs} ms`)
 */
export class TimeoutError extends ConversationsError {
  /** The time limit of an attempt, in milliseconds. */
  declare readonly timeoutMs: number
  /** The URL, with the participant and the page token hidden. */
  declare readonly url: string
  /** How many requests were sent, including the first. */
  declare readonly attempts: number

  constructor(message: string, context: RequestErrorContext & { timeoutMs: number }) {
    super(message, { isRetryable: true, ...context })
    this.timeoutMs = context.timeoutMs
    this.url = context.url
    this.attempts = context.attempts
  }
}

/**
 * The response is not as the provider documents it: it is not JSON, is too large, or has a conversation without an id. Also
 * thrown if `listPage()` of a custom adapter does not resolve with a page.
 *
 * @example
 * const list = listParticipantConversations({ provider, participant, onInvalidConversation: 'skip' })
 */
export class ResponseValidationError extends ConversationsError {}

/**
 * The provider's page tokens do not lead to an end: they form a loop, point to another host, or yield only empty pages.
 *
 * @example
 * if (error instanceof PaginationError) log.error({ err: error }, 'the provider cannot be listed to the end')
 */
export class PaginationError extends ConversationsError {}

const MARK = 'participant-conversations.'

/** Whether it is the prototype of a class of this library, or of another copy of it. */
export function isLibraryPrototype(prototype: object): boolean {
  return Object.getOwnPropertySymbols(prototype).some((mark) => Symbol.keyFor(mark)?.startsWith(MARK))
}

const CLASSES = {
  ConversationsError,
  ConfigurationError,
  InvalidCursorError,
  UnsupportedParticipantError,
  ApiError,
  AuthenticationError,
  PermissionError,
  NotFoundError,
  InvalidRequestError,
  RateLimitError,
  ServerError,
  ConnectionError,
  TimeoutError,
  ResponseValidationError,
  PaginationError,
}

// Makes `instanceof` work across the ESM and the CJS copy of this library: every error carries a mark for each of its
// classes, and a class recognizes its mark. Subclasses defined elsewhere behave as usual.
for (const [name, errorClass] of Object.entries(CLASSES)) {
  const mark = Symbol.for(MARK + name)
  Object.defineProperty(errorClass.prototype, mark, { value: true })
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this, value)
      return mark in Object(value)
    },
  })
}
