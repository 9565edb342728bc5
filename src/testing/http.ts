/** What the two providers of a stand-in have in common: reading requests and writing JSON. */

export type AuthorizationScheme = 'basic' | 'bearer' | 'accesskey' | 'none'

/** The scheme in lower case (`none` if the header is missing or has another scheme), and what follows it. */
export function readAuthorization(headers: Headers): { scheme: AuthorizationScheme; credentials: string } {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S.*)$/.exec(headers.get('authorization') ?? '') ?? []
  const lowerCase = scheme.toLowerCase()
  return lowerCase === 'basic' || lowerCase === 'bearer' || lowerCase === 'accesskey'
    ? { scheme: lowerCase, credentials }
    : { scheme: 'none', credentials: '' }
}

/** The decoded segments of a path; undefined if its percent-encoding is malformed. */
export function pathSegments(url: URL): readonly string[] | undefined {
  try {
    return url.pathname.slice(1).split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
}

type ParameterNames<Pattern extends string> = Pattern extends `${infer First}/${infer Rest}`
  ? ParameterNames<First> | ParameterNames<Rest>
  : Pattern extends `:${infer Name}`
    ? Name
    : never

/** The parameters of a path that matches a pattern such as `v1/Services/:sid`. An empty segment matches no parameter. */
export function matchPath<Pattern extends string>(
  segments: readonly string[],
  pattern: Pattern,
): Record<ParameterNames<Pattern>, string> | undefined {
  const expected = pattern.split('/')
  if (segments.length !== expected.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = expected[index] ?? ''
    if (!part.startsWith(':')) {
      if (segment !== part) return undefined
    } else if (segment === '') return undefined
    else parameters[part.slice(1)] = segment
  }
  // The loop set one value for each ":name" of the pattern, which TypeScript cannot follow through split().
  return parameters as Record<ParameterNames<Pattern>, string>
}

/** A whole number in decimal digits, from `min` to `max`; undefined for anything else. */
export function wholeNumber(text: string, min: number, max: number): number | undefined {
  const number = Number(text)
  return /^\d+$/.test(text) && number >= min && number <= max ? number : undefined
}

export function jsonResponse(status: number, body: unknown, headers: Record<string, string>): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  return new Response(bytes, {
    status,
    headers: {
      'content-type': 'application/json',
      'content-length': String(bytes.byteLength),
      ...headers,
    },
  })
}
