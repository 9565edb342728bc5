/**
 * JSON that Postgres can store. It refuses two things that JSON allows, and that customers send: the character NUL, and
 * half of a surrogate pair. NUL is left out, and the half becomes U+FFFD.
 */
export function toStorableJson(value: unknown): string {
  // JSON.stringify() writes both as escapes. Every other escape is matched too, so that `\\u0000`, which is a backslash
  // and five characters, stays.
  return JSON.stringify(value).replace(/\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g, (sequence) => {
    if (sequence === '\\u0000') return ''
    return sequence.startsWith('\\ud') ? '\\ufffd' : sequence
  })
}

/** Text that Postgres can store. An error may have a provider's own words in it. */
export function storableText(text: string): string {
  return JSON.parse(toStorableJson(text))
}
