import type { Get, List } from './list.ts'

/**
 * The contestants. Each lists all conversations of one participant from a server, and reads once what a user would
 * read from each: id, title, status, both dates, the participant's address, and the attributes. Each runs in its own
 * process, and loads what it needs only there.
 */
export interface Contestant {
  /** The loop that does no more than needed, with the same HTTP client. */
  readonly limit: string
  readonly load: () => Promise<List>
}

const undici = 'bare loop of undici'
const fetch = 'bare loop of fetch'

export const contestants: Readonly<Record<string, Contestant>> = {
  [`twilio: ${undici}`]: {
    limit: undici,
    load: async () => (await import('./bare-loops.ts')).bareTwilio(await undiciGet()),
  },
  [`twilio: ${fetch}`]: {
    limit: fetch,
    load: async () => (await import('./bare-loops.ts')).bareTwilio(fetchGet),
  },
  'twilio: this library': {
    limit: undici,
    load: async () => (await import('./library.ts')).listTwilio(),
  },
  'twilio: this library, prefetch': {
    limit: undici,
    load: async () => (await import('./library.ts')).listTwilio({ prefetch: true }),
  },
  'twilio: this library, global fetch': {
    limit: fetch,
    load: async () => (await import('./library.ts')).listTwilio({ fetch: globalThis.fetch }),
  },
  'twilio: this library, global fetch, prefetch': {
    limit: fetch,
    load: async () => (await import('./library.ts')).listTwilio({ fetch: globalThis.fetch, prefetch: true }),
  },
  'twilio: twilio list()': {
    limit: undici,
    load: async () => (await import('./official.ts')).byList,
  },
  'twilio: twilio each()': {
    limit: undici,
    load: async () => (await import('./official.ts')).byEach,
  },
  [`bird: ${undici}`]: {
    limit: undici,
    load: async () => (await import('./bare-loops.ts')).bareBird(await undiciGet()),
  },
  [`bird: ${fetch}`]: {
    limit: fetch,
    load: async () => (await import('./bare-loops.ts')).bareBird(fetchGet),
  },
  'bird: this library': {
    limit: undici,
    load: async () => (await import('./library.ts')).listBird(),
  },
}

async function undiciGet(): Promise<Get> {
  const { request } = await import('undici')
  return async (url, headers) => (await request(url, { headers })).body.text()
}

const fetchGet: Get = async (url, headers) => (await globalThis.fetch(url, { headers })).text()

/** Returns the contestant that the command line names. */
export function contestantNamed(name: string | undefined): Contestant {
  const contestant = contestants[name ?? '']
  if (contestant === undefined) throw new Error(`There is no contestant ${name}`)
  return contestant
}
