/**
 * Whether text is a phone number in E.164 form. `parseAddress()` also takes other ways of writing one for a phone number.
 *
 * @example
 * const isValid = isPhoneNumber('+12025550123') // true
 */
export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text)
}

const PHONE_NUMBER = /^\+[1-9]\d{1,14}$/

/** Returns the E.164 form of a number with "+" or "00" and a country code; null for any other, which could be anybody's. */
export function internationalForm(number: string): string | null {
  const text = plainForm(number).replace(SCHEME, '')
  // "(0)" is dialed only within the country.
  const digits = text.replace(/\(0\)|[^\d+]/g, '').replace(/^00/, '+')
  // An extension cannot be part of a number.
  return PHONE_NUMBER.test(digits) && !/[a-z]/i.test(text) ? digits : null
}

/** The scheme of a `tel:` or `sms:` link. */
const SCHEME = /^\s*(tel|sms):/i

/** How people write phone numbers. */
const DIALED = /^\s*[+(\d][\d\s()./,-]*((x|ext\.?)\s*\d+)?$/i

/** Whether text is written as people write phone numbers. */
export function looksDialed(text: string): boolean {
  return DIALED.test(plainForm(text).replace(SCHEME, ''))
}

/** Normalizes what copying a number can add or change: invisible characters, dashes, digits of other scripts. */
function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
}
