/** What every error of this library says beside its message. */
export interface ErrorContext {
  /** The provider it happened with; null where there was none yet. */
  provider?: string | null
  cause?: unknown
  /** Where to continue: pass it as `cursor`, and no conversation is lost or repeated. */
  cursor?: string | null
}

/** The ancestor of every error that this library throws. */
export class ConversationsError extends Error {
  declare readonly provider: string | null
  /** Pass it as `cursor` to continue without losing or repeating a conversation; null outside a listing. */
  declare readonly cursor: string | null

  constructor(message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause })
    this.provider = context.provider ?? null
    this.cursor = context.cursor ?? null
  }
}

/** What a `ConfigurationError` says beside its message. */
export interface ConfigurationErrorContext extends ErrorContext {
  option?: string | null
}

/**
 * An option is missing or wrong. Thrown at the call, before any request; while listing only for a `fetch` or a
 * `dispatcher` that cannot be used.
 */
export class ConfigurationError extends ConversationsError {
  /** The path to the option, such as `retry.retries`: the first, if several are wrong. null if it is none in particular. */
  declare readonly option: string | null

  constructor(message: string, context: ConfigurationErrorContext = {}) {
    super(message, context)
    this.option = context.option ?? null
  }
}

/** A cursor that is damaged, or belongs to another query, provider or version. */
export class InvalidCursorError extends ConversationsError {}

/** The provider cannot look up a participant by what was given, or what was given is malformed. */
export class UnsupportedParticipantError extends ConversationsError {}

/** What an answer with an error status says. */
export interface ApiErrorContext extends ErrorContext {
  status: number
  code?: string | number | null
  requestId?: string | null
  details?: unknown
  url: string
  attempts: number
  retryAfterMs?: number | null
}

/** The provider answered with an error status. One class for each kind; this one for the rest. */
export class ApiError extends ConversationsError {
  /** The HTTP status. */
  declare readonly status: number
  /** The provider's own code: a number on Twilio (`20003`), a word on Bird (`InvalidPayload`). */
  declare readonly code: string | number | null
  /** What the provider's support asks for. */
  declare readonly requestId: string | null
  /** What the provider says beside code and message. */
  declare readonly details: unknown
  /** The URL, without what it says of the participant. */
  declare readonly url: string
  /** How many requests were made, the first included. */
  declare readonly attempts: number
  /** How long the provider asks to wait, in milliseconds; null where it does not say. */
  declare readonly retryAfterMs: number | null

  constructor(message: string, context: ApiErrorContext) {
    super(message, context)
    this.status = context.status
    this.code = context.code ?? null
    this.requestId = context.requestId ?? null
    this.details = context.details ?? null
    this.url = context.url
    this.attempts = context.attempts
    this.retryAfterMs = context.retryAfterMs ?? null
  }
}

/** 401: the credentials are wrong, or belong elsewhere. */
export class AuthenticationError extends ApiError {}

/** 403: the credentials are right and do not allow this. */
export class PermissionError extends ApiError {}

/** 404: there is no such service, workspace or participant. */
export class NotFoundError extends ApiError {}

/** 400, 409 or 422: the provider does not accept the request. */
export class InvalidRequestError extends ApiError {}

/** 429, after the retries, or at once where the provider asks for a longer wait than `retry.maxRetryAfterMs`. */
export class RateLimitError extends ApiError {}

/** 5xx, after the retries. */
export class ServerError extends ApiError {}

/** What a request without a usable answer says. */
export interface RequestErrorContext extends ErrorContext {
  url: string
  attempts: number
}

/** The provider could not be reached, or the connection broke, after the retries. */
export class ConnectionError extends ConversationsError {
  /** The URL, without what it says of the participant. */
  declare readonly url: string
  /** How many requests were made, the first included. */
  declare readonly attempts: number

  constructor(message: string, context: RequestErrorContext) {
    super(message, context)
    this.url = context.url
    this.attempts = context.attempts
  }
}

/** An attempt took longer than `timeoutMs`, its body included, after the retries. */
export class TimeoutError extends ConversationsError {
  /** The time limit of an attempt, in milliseconds. */
  declare readonly timeoutMs: number
  /** The URL, without what it says of the participant. */
  declare readonly url: string
  /** How many requests were made, the first included. */
  declare readonly attempts: number

  constructor(message: string, context: RequestErrorContext & { timeoutMs: number }) {
    super(message, context)
    this.timeoutMs = context.timeoutMs
    this.url = context.url
    this.attempts = context.attempts
  }
}

/**
 * The answer is not what the provider's documents promise: no JSON, too large, or a conversation without an id. Or what
 * an adapter of one's own resolves with is not a page.
 */
export class ResponseValidationError extends ConversationsError {}

/** The provider's page tokens lead nowhere: round in a circle, or to another host. */
export class PaginationError extends ConversationsError {}

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

// Makes `instanceof` hold between the ESM and the CJS copy of this library: every error carries a mark for each of its
// classes, and a class recognises its mark. A subclass of one's own keeps the ordinary rule.
for (const [name, errorClass] of Object.entries(CLASSES)) {
  const mark = Symbol.for(`participant-conversations.${name}`)
  Object.defineProperty(errorClass.prototype, mark, { value: true })
  Object.defineProperty(errorClass.prototype, 'name', { value: name, configurable: true, writable: true })
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this, value)
      return mark in Object(value)
    },
  })
}

/** What an adapter has thrown, as an error of this library. */
export function asConversationsError(cause: unknown, provider: string): ConversationsError {
  if (cause instanceof ConversationsError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  return new ConversationsError(`${provider}: ${message}`, { provider, cause })
}

/** The same error with the place to continue from. Not a copy, unless it already names another place. */
export function withCursor(error: ConversationsError, cursor: string | null): ConversationsError {
  const target = error.cursor === null ? error : copyOf(error)
  return Object.defineProperty(target, 'cursor', { value: cursor, enumerable: true, configurable: true })
}

/** Made as an error, so that the platform takes it for one. */
function copyOf(error: ConversationsError): ConversationsError {
  const copy = Object.defineProperties(new Error(error.message), Object.getOwnPropertyDescriptors(error))
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(error))
}
