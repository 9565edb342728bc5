/** What a request sends: where each part is, and its value as text. */
export type Parts = ReadonlyMap<string, string>

export async function partsOf(request: Request): Promise<Parts> {
  const { origin, pathname, searchParams } = new URL(request.url)
  const counts = new Map<string, number>()
  const query = [...searchParams].map(([name, value]): [string, string] => {
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    return [count === 0 ? `query parameter ${name}` : `query parameter ${name}[${count}]`, value]
  })
  return new Map([
    ['method', request.method],
    ['origin', origin],
    ...pathname
      .split('/')
      .map((segment, index): [string, string] => [`path segment ${index}`, decoded(segment)]),
    ...query,
    ...[...request.headers].map(([name, value]): [string, string] => [`header ${name}`, value]),
    ...leavesOf(await request.clone().text()),
  ])
}

/**
 * The names of the parts in which a request differs. Parts that also differ between two requests for the same thing, such as
 * the time or a random id, do not count.
 */
export function differences(one: Parts, same: Parts, other: Parts): string[] {
  const names = new Set([...one.keys(), ...same.keys(), ...other.keys()])
  return [...names].filter((name) => one.get(name) === same.get(name) && one.get(name) !== other.get(name))
}

/** The values in a body of JSON, each by its path; any other body as a whole. */
function leavesOf(body: string): [string, string][] {
  if (body === '') return []
  try {
    return leaves(JSON.parse(body), [])
  } catch {
    return [['body', body]]
  }
}

function leaves(value: unknown, path: readonly string[]): [string, string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name]))
  }
  return [[`body.${path.join('.')}`, String(value)]]
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
