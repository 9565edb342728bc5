/** A page token and the number of its page. Twilio calls the number client state: it is sent back unchanged. */
export interface PageToken {
  readonly token: string | null
  readonly page: string | null
}

/** Joins both in one string, the number first: it has no colon. */
export function joinPageToken({ token, page }: PageToken): string {
  return `${page ?? ''}:${token}`
}

/** Splits the string again. It may come from a tampered cursor. */
export function splitPageToken(joined: string | null): PageToken {
  if (joined === null) return { token: null, page: null }
  const colon = joined.indexOf(':')
  const page = joined.slice(0, Math.max(0, colon))
  return { token: joined.slice(colon + 1), page: /^\d+$/.test(page) ? page : null }
}
