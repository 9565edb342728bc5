/**
 * Who takes part: each lists all conversations of one participant from a server, and reads once what a user would read.
 * Loaded one at a time, each in a process of its own, from the built package.
 */
export interface Contestant {
  readonly name: string
  /** Lists everything, and returns how many conversations there were. */
  readonly list: (baseUrl: string) => Promise<number>
}

const ADDRESS = '+12025550123'
const ACCOUNT = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'bench-auth-token' }
const WORKSPACE = {
  accessKey: 'bench-access-key',
  workspaceId: '00000000-0000-4000-8000-000000000001',
  channelId: '00000000-0000-4000-8000-000000000002',
}

/** Keeps what is read from being optimised away. */
let seen = 0

type Wire = Record<string, unknown>

export const contestants: Record<string, () => Promise<Contestant>> = {
  'twilio: bare loop of undici': async () => {
    const { request } = await import('undici')
    return {
      name: 'bare',
      list: (baseUrl) =>
        bareTwilio(baseUrl, async (url, headers) => (await request(url, { headers })).body.text()),
    }
  },
  'twilio: bare loop of fetch': async () => ({
    name: 'bare fetch',
    list: (baseUrl) => bareTwilio(baseUrl, async (url, headers) => (await fetch(url, { headers })).text()),
  }),
  'twilio: this library': () => library({}),
  'twilio: this library, prefetch': () => library({ prefetch: true }),
  'twilio: this library, fetch': () => library({ fetch: globalThis.fetch }),
  'twilio: twilio list()': () => official('list'),
  'twilio: twilio each()': () => official('each'),
  'bird: bare loop of undici': async () => {
    const { request } = await import('undici')
    return { name: 'bare', list: (baseUrl) => bareBird(baseUrl, request) }
  },
  'bird: this library': async () => {
    const { bird, listParticipantConversations } = await builtLibrary()
    return {
      name: 'library',
      list: async (baseUrl) => {
        let count = 0
        const provider = bird({ ...WORKSPACE, baseUrl })
        for await (const conversation of listParticipantConversations({
          provider,
          participant: { address: ADDRESS },
        })) {
          read(conversation)
          count += 1
        }
        return count
      },
    }
  },
}

/** What users get, not the source: `npm run build` first. */
function builtLibrary(): Promise<typeof import('../../src/index.ts')> {
  return import(new URL('../../dist/index.js', import.meta.url).href)
}

interface Model {
  readonly id: string
  readonly title: string | null
  readonly status: string
  readonly createdAt: Date | null
  readonly updatedAt: Date | null
  readonly participant: { readonly address: string | null } | null
  readonly attributes: object
}

function read({ id, title, status, createdAt, updatedAt, participant, attributes }: Model): void {
  seen += id.length + (title?.length ?? 0) + status.length + Number(createdAt) + Number(updatedAt)
  if (participant?.address && attributes) seen += 1
}

async function library(options: { prefetch?: boolean; fetch?: typeof fetch }): Promise<Contestant> {
  const { listParticipantConversations, twilio } = await builtLibrary()
  const { prefetch = false, ...http } = options
  return {
    name: 'library',
    list: async (baseUrl) => {
      let count = 0
      const provider = twilio({ ...ACCOUNT, baseUrl, ...http })
      const list = listParticipantConversations({ provider, participant: { address: ADDRESS }, prefetch })
      for await (const conversation of list) {
        read(conversation)
        count += 1
      }
      return count
    },
  }
}

async function official(method: 'list' | 'each'): Promise<Contestant> {
  const { default: twilio } = await import('twilio')
  return {
    name: 'twilio',
    list: async (baseUrl) => {
      const { RequestClient } = twilio
      const inner = new RequestClient()
      const { host } = new URL(baseUrl)
      // The one thing that is not its default: where the API is. Its next_page_url already leads there.
      const httpClient = {
        request: (options: { uri: string }) =>
          inner.request({
            ...options,
            uri: options.uri.replace('https://conversations.twilio.com', `http://${host}`),
          } as never),
      }
      const client = twilio(ACCOUNT.accountSid, ACCOUNT.authToken, { httpClient: httpClient as never })
      const { participantConversations } = client.conversations.v1
      let count = 0
      const take = (row: {
        conversationSid: string
        conversationFriendlyName: string
        conversationState: string
        conversationDateCreated: Date
        conversationDateUpdated: Date
        participantMessagingBinding: { address?: string }
        conversationAttributes: string
      }): void => {
        seen +=
          row.conversationSid.length +
          (row.conversationFriendlyName?.length ?? 0) +
          row.conversationState.length
        seen += Number(row.conversationDateCreated) + Number(row.conversationDateUpdated)
        if (row.participantMessagingBinding.address && row.conversationAttributes) seen += 1
        count += 1
      }
      if (method === 'list')
        for (const row of await participantConversations.list({ address: ADDRESS })) take(row)
      else {
        await new Promise<void>((resolve, reject) => {
          participantConversations.each({
            address: ADDRESS,
            callback: take,
            done: (error?: Error) => (error ? reject(error) : resolve()),
          })
        })
      }
      return count
    },
  }
}

const BASIC = `Basic ${btoa(`${ACCOUNT.accountSid}:${ACCOUNT.authToken}`)}`

/** The limit: asks, parses, follows the tokens, and checks nothing. */
async function bareTwilio(
  baseUrl: string,
  get: (url: string, headers: Record<string, string>) => Promise<string>,
): Promise<number> {
  let count = 0
  let url: string | null =
    `${baseUrl}/v1/ParticipantConversations?Address=${encodeURIComponent(ADDRESS)}&PageSize=50`
  while (url !== null) {
    const page = JSON.parse(await get(url, { authorization: BASIC }))
    for (const row of page.conversations as Wire[]) {
      seen += String(row.conversation_sid).length + String(row.conversation_state).length
      seen += String(row.conversation_friendly_name).length
      seen += String(row.conversation_date_created).length + String(row.conversation_date_updated).length
      if (row.participant_messaging_binding && row.conversation_attributes) seen += 1
      count += 1
    }
    url = page.meta.next_page_url
  }
  return count
}

async function bareBird(baseUrl: string, request: typeof import('undici').request): Promise<number> {
  const endpoint = `${baseUrl}/workspaces/${WORKSPACE.workspaceId}/participants/phonenumber/${encodeURIComponent(ADDRESS)}/conversations?channelId=${WORKSPACE.channelId}&limit=100`
  let count = 0
  let token: string | undefined
  do {
    const url = token === undefined ? endpoint : `${endpoint}&pageToken=${encodeURIComponent(token)}`
    const { body } = await request(url, { headers: { authorization: `AccessKey ${WORKSPACE.accessKey}` } })
    const page = JSON.parse(await body.text())
    for (const row of page.results as Wire[]) {
      seen += String(row.id).length + String(row.name).length + String(row.status).length
      seen += String(row.createdAt).length + String(row.updatedAt).length
      if (row.featuredParticipants && row.attributes) seen += 1
      count += 1
    }
    token = page.nextPageToken
  } while (token !== undefined)
  return count
}

/** Read at the end of a run. */
export function sumOfAllThatWasRead(): number {
  return seen
}
