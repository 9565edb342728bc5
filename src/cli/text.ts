/** Control characters, and those that change the direction of text, which can make it read as something else. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** Makes text from a provider safe to print: unsafe characters are shown as symbols and do not control the terminal. */
export function showSafely(text: string): string {
  return text.replace(UNSAFE, symbolOf)
}

/** The same for text with several lines. */
export function showControls(text: string): string {
  return text.replace(/[^\n]+/g, showSafely)
}

/** Escapes, in JSON, the unsafe characters that JSON itself does not. The data, and line breaks between values, stay the same. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) => (character === '\n' ? character : `\\u${codeOf(character)}`))
}

/** The first line of an error's message, as a sentence. Node adds lines about who required a module. */
export function asSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [line = ''] = message.split('\n')
  return /[.!?]$/.test(line) ? line : `${line}.`
}

function symbolOf(character: string): string {
  if (character === '\x7f') return '\u2421'
  // The control pictures of Unicode: ␛ for escape, ␊ for a line break.
  if (character < ' ') return String.fromCharCode(0x2400 + character.charCodeAt(0))
  return `\\u${codeOf(character)}`
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0')
}
