import { recordOrNull } from '../model/read.ts'

const REDACTED = '[redacted]'

/** Removes secrets from text. */
export type Scrub = (text: string) => string

/** Replaces every occurrence of the secrets in text from servers and other libraries. */
export function scrubSecrets(text: string, secrets: readonly string[]): string {
  // Shorter strings occur by chance. The longest comes first, since one secret may be a part of another.
  const known = secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length)
  return known.reduce((result, secret) => result.replaceAll(secret, REDACTED), text)
}

/** The forms in which a text may contain secrets: trimmed, as JSON escapes them, and `Bearer x` without `Bearer`. */
export function formsOfSecrets(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => {
    const [, credentials = secret] = SCHEME.exec(secret) ?? []
    return [secret, secret.trim(), credentials, JSON.stringify(secret).slice(1, -1)]
  })
  return [...new Set(forms)]
}

const SCHEME = /^\s*(?:basic|bearer|digest|token|apikey)\s+(\S+)\s*$/i

/** Redacts the URL of a request in text, since errors of other libraries and responses may contain it. */
export function scrubUrl(text: string, url: string, redactedUrl: string): string {
  if (url === redactedUrl) return text
  const { origin, href, pathname, search } = new URL(url)
  const shown = redactedUrl.slice(origin.length)
  const [shownPath = '', shownQuery = ''] = shown.split(/(?=\?)/)
  const forms: [sent: string, shown: string][] = [
    [url.slice(origin.length), shown],
    [href.slice(origin.length), shown],
    // A path or a query by itself.
    [pathname, shownPath],
    [search, shownQuery],
  ]
  return forms.reduce((result, [sent, shown]) => result.replaceAll(sent, () => shown), text)
}

/** Scrubs all strings of a JSON value, one by one: in JSON text, quotes within a secret are escaped. */
export function scrubJson(value: unknown, scrub: Scrub): unknown {
  if (typeof value === 'string') return scrub(value)
  if (Array.isArray(value)) return value.map((item) => scrubJson(item, scrub))
  const fields = recordOrNull(value)
  if (fields === null) return value
  return Object.fromEntries(
    Object.entries(fields).map(([name, content]) => [scrub(name), scrubJson(content, scrub)]),
  )
}

/**
 * A copy of an error that can be shown as a `cause`: name, message, code, stack and causes, all without secrets. The
 * original may hold the request with its headers, as the errors of some HTTP libraries do.
 */
export function safeCause(error: unknown, scrub: Scrub, depth = 0): Error {
  const { name, message, stack, cause, code, errors }: ErrorFields = Object(error)
  // Not `instanceof`: test runners run code in separate realms, each with its own Error.
  if (typeof message !== 'string') return new Error(scrub(String(error)))
  const safe = (inner: unknown): Error => safeCause(inner, scrub, depth + 1)
  const hasNested = depth < 4
  const fields: Record<string, unknown> = {
    name: scrub(String(name ?? 'Error')),
    stack: scrub(String(stack ?? '')),
  }
  if (typeof code === 'number' || typeof code === 'string') fields.code = scrubJson(code, scrub)
  if (Array.isArray(errors) && hasNested) fields.errors = errors.map(safe)
  const copy = new Error(scrub(message), hasNested && cause ? { cause: safe(cause) } : {})
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(copy, name, { value, configurable: true, writable: true })
  }
  return copy
}

/** The properties of errors from platforms and libraries. Anything may be thrown. */
type ErrorFields = { readonly [Name in 'name' | 'message' | 'stack' | 'cause' | 'code' | 'errors']?: unknown }
