const REDACTED = '[redacted]'

/** Takes secrets out of text. */
export type Scrub = (text: string) => string

/** Replaces each of the secrets wherever it stands, for text that comes from elsewhere: servers, other libraries. */
export function scrubber(secrets: readonly string[]): Scrub {
  // The longest first: one secret may be a part of another.
  const known = secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length)
  return (text) => known.reduce((result, secret) => result.replaceAll(secret, REDACTED), text)
}

/** The same for all the strings of a JSON value. */
export function scrubJson(value: unknown, scrub: Scrub): unknown {
  return value === undefined ? undefined : JSON.parse(scrub(JSON.stringify(value)))
}

/**
 * A copy of an error that is fit to be a `cause`: name, message, code, stack and causes, all without secrets. The
 * original may carry the request with its headers, as the errors of some HTTP libraries do.
 */
export function safeCause(error: unknown, scrub: Scrub, depth = 0): Error {
  if (!(error instanceof Error)) return new Error(scrub(String(error)))
  const nested = depth < 4 && error.cause !== undefined ? safeCause(error.cause, scrub, depth + 1) : undefined
  const copy = new Error(scrub(error.message), nested === undefined ? undefined : { cause: nested })
  const fields: Record<string, unknown> = { name: error.name, stack: scrub(error.stack ?? '') }
  if ('code' in error) fields.code = error.code
  if ('errors' in error && Array.isArray(error.errors) && depth < 4) {
    fields.errors = error.errors.map((inner) => safeCause(inner, scrub, depth + 1))
  }
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(copy, name, { value, configurable: true, writable: true })
  }
  return copy
}
