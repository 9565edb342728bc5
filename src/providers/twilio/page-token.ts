/** A page token, and the number of its page, which Twilio calls client state: it is sent back as it came. */
export interface PageToken {
  readonly token: string | null
  readonly page: string | null
}

/** Both in one string, the number first: it contains no colon. */
export function joinPageToken({ token, page }: PageToken): string {
  return `${page ?? ''}:${token}`
}

/** Splits the string again, even if it comes from a cursor that somebody has changed. */
export function splitPageToken(joined: string | null): PageToken {
  if (joined === null) return { token: null, page: null }
  const colon = joined.indexOf(':')
  const page = joined.slice(0, Math.max(0, colon))
  return { token: joined.slice(colon + 1), page: /^\d+$/.test(page) ? page : null }
}
