/** Returns why a text of a participant cannot be sent, as the end of a sentence, or null. */
export function problemOfText(text: string): string | null {
  if (text.trim() === '') return 'must not be empty'
  return /\p{Cc}/u.test(text) || hasLoneSurrogate(text)
    ? 'must not contain control characters or lone surrogates'
    : null
}

/** Whether text has half of a character, which UTF-8 and URLs cannot encode. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text)
}
