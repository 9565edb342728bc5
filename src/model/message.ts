/** Folds the lines of a text from another library or a server into one, for a message of ours. */
export function oneLine(text: string): string {
  return text
    .split(/[\n\v\f\r\x85\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
}

/** The words as part of a sentence: "a phone number, an e-mail address or an id". */
export function listed(words: readonly string[], conjunction: 'and' | 'or'): string {
  const beforeLast = words.slice(0, -1).join(', ')
  return beforeLast === '' ? words.join() : `${beforeLast} ${conjunction} ${words.at(-1)}`
}

/** The message of what was thrown, on one line. Anything may be thrown, such as an object that cannot be a string. */
export function messageOf(thrown: unknown): string {
  const { message }: { readonly message?: unknown } = Object(thrown)
  if (typeof message === 'string') return oneLine(message)
  return Object(thrown) === thrown ? 'an object that is not an Error was thrown' : oneLine(String(thrown))
}
