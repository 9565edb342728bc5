import { messageOf } from '../model/message.ts'
import { recordOrNull } from '../model/read.ts'
import { hasLoneSurrogate } from '../model/sendable-text.ts'

/**
 * Replaces a secret in the text of servers and other libraries, where it should not have been. `***` stands in URLs for
 * what is always there: the participant and the page token.
 */
const REDACTED = '[redacted]'

/** Removes secrets from text. */
export type Scrub = (text: string) => string

/**
 * Returns a function that replaces every occurrence of the secrets in text from servers and other libraries. The forms of
 * a secret are computed when the first text is scrubbed.
 */
export function secretScrubber(secrets: readonly string[]): Scrub {
  let known: readonly string[] | undefined
  return (text) => {
    // Shorter strings occur by chance. The longest comes first, since one secret may be a part of another.
    known ??= [...new Set(secrets.flatMap(formsOf))]
      .filter((form) => form.length >= 6)
      .sort((a, b) => b.length - a.length)
    return known.reduce((result, form) => result.replaceAll(form, REDACTED), text)
  }
}

/**
 * A secret as text may contain it: as it is, trimmed, and `Bearer x` without `Bearer`; each also as JSON and as a URL write
 * it, and without the padding of base64.
 */
function formsOf(secret: string): string[] {
  const [, credentials = secret] = SCHEME.exec(secret) ?? []
  return [secret, secret.trim(), credentials]
    .flatMap((text) => [text, text.replace(/=+$/, '')])
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1), urlForm(text)])
}

function urlForm(text: string): string {
  return hasLoneSurrogate(text) ? text : encodeURIComponent(text)
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
  if (typeof message !== 'string') return new Error(scrub(messageOf(error)))
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
