/** Returns why a text of a participant cannot be sent, as the end of a sentence, or null. */
export function problemOfText(text: string): string | null {
  if (text.trim() === '') return 'must not be empty'
  return /[\p{Cc}\p{Surrogate}]/u.test(text) ? 'must not contain control characters or lone surrogates' : null
}
