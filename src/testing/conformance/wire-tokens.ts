import { quote } from './assert.ts'
import { partsOf } from './request-parts.ts'

/** Shorter tokens, such as page numbers, occur elsewhere in a request by chance. */
const SHORTEST = 4

/** Why `readPageToken` finds nothing in a request that has a token; null if the request has none. */
export async function strayToken(
  request: Request,
  tokens: readonly (string | null)[],
): Promise<string | null> {
  for (const [place, value] of await partsOf(request)) {
    if (value.length >= SHORTEST && tokens.includes(value)) {
      return `readPageToken() returns null for a request that has the page token ${quote(value)} as its ${place}. If that is where the provider expects it, correct readPageToken(); if not, the adapter`
    }
  }
  return null
}

export function unknownToken(token: string | null, given: string | null): string {
  const expected = given === null ? '' : `: the last one was ${quote(given)}`
  return `a request carries the page token ${quote(token)}, which the provider never sent${expected}. Return the provider's token unchanged, encoded for its place`
}
