const EMAIL = /^[^\s@]+@[^\s@]+$/
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/

/**
 * Reads what an agent types or pastes: `+1 (202) 555-0123`, `0044 20 7946 0000`, `jo@example.com`. Providers match exactly,
 * so a number that does not name its country is refused: it could be anybody's. Returns null for what is neither.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim()
  if (EMAIL.test(text)) return text
  // "(0)" is dialed only within the country.
  const number = text
    .replace(/^tel:/i, '')
    .replace(/\(0\)|[\s().\-/\u00a0\u2010-\u2015]/g, '')
    .replace(/^00/, '+')
  return PHONE_NUMBER.test(number) ? number : null
}
