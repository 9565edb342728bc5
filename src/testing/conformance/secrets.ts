import { hasLoneSurrogate } from '../../model/sendable-text.ts'

/** What must not be shown. */
export interface Secrets {
  readonly always: readonly string[]
  /** Page tokens: a cursor contains one, by design. */
  readonly exceptInCursors: readonly string[]
}

/** Whether a text contains a secret: as it is, as URLs and JSON write it, or in base64. */
export function contains(text: string, { always, exceptInCursors }: Secrets, cursor: string | null): boolean {
  const withoutCursor = cursor === null ? text : text.replaceAll(cursor, '')
  return containsOne(text, always) || containsOne(withoutCursor, exceptInCursors)
}

function containsOne(text: string, secrets: readonly string[]): boolean {
  const forms = [text, ...decodedParts(text)]
  return secrets.some((secret) => formsOf(secret).some((form) => forms.some((shown) => shown.includes(form))))
}

function formsOf(secret: string): string[] {
  const inUrl = hasLoneSurrogate(secret) ? secret : encodeURIComponent(secret)
  return [secret, inUrl, JSON.stringify(secret).slice(1, -1)]
}

/** The parts of a text that may be base64 or base64url, which is the encoding of cursors, decoded. */
function decodedParts(text: string): string[] {
  return (text.match(/[\w+/-]{8,}/g) ?? []).map(decoded)
}

function decoded(part: string): string {
  try {
    return atob(part.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
