import * as z from 'zod/mini'

/** What the sources of a combined provider look up, as one text. */
export function joinParticipantKeys(keys: readonly string[]): string {
  return JSON.stringify(keys)
}

const joined = z.array(z.string())

/** What is looked up in each source, also of combined sources; the key itself if nothing is combined. */
export function splitParticipantKey(key: string): readonly string[] {
  const { data } = z.safeParse(joined, parsed(key))
  return data === undefined ? [key] : data.flatMap(splitParticipantKey)
}

function parsed(key: string): unknown {
  try {
    return JSON.parse(key)
  } catch {
    // An adapter's own text.
    return null
  }
}
