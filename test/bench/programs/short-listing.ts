/** Lists three pages in a fresh process, as scripts and functions do, and prints what it took. */
import { ADDRESS, TWILIO } from '../../support/example-accounts.ts'

/** The output of the process. */
export interface ShortListing {
  readonly count: number
  /** When the first and the last conversation arrived, in milliseconds since 1970. */
  readonly firstAt: number
  readonly lastAt: number
  /** That of the whole process, from its start. */
  readonly cpuMs: number
}

/** Lists all conversations, and calls a function for each. */
type ListEach = (baseUrl: string, onConversation: () => void) => Promise<void>

const contestants: Record<string, ListEach> = {
  nothing: async () => {},
  'a bare loop of fetch': async (baseUrl, onConversation) => {
    const authorization = `Basic ${btoa(`${TWILIO.accountSid}:${TWILIO.authToken}`)}`
    let url: string | null = `${baseUrl}/v1/ParticipantConversations?Address=${encodeURIComponent(ADDRESS)}`
    while (url !== null) {
      const response: Response = await fetch(url, { headers: { authorization } })
      const { conversations, meta } = await response.json()
      conversations.forEach(onConversation)
      url = meta.next_page_url
    }
  },
  'participant-conversations/twilio': async (baseUrl, onConversation) => {
    const { listParticipantConversations, twilio } = await import('participant-conversations/twilio')
    const provider = twilio({ ...TWILIO, baseUrl })
    const list = listParticipantConversations({ provider, participant: { address: ADDRESS } })
    for await (const _ of list) onConversation()
  },
  twilio: async (baseUrl, onConversation) => {
    const { participantConversations } = await import('../official.ts')
    await new Promise<void>((resolve, reject) => {
      participantConversations(baseUrl).each({
        address: ADDRESS,
        callback: onConversation,
        done: (error?: Error) => (error ? reject(error) : resolve()),
      })
    })
  },
}

async function list(name = '', baseUrl = ''): Promise<ShortListing> {
  const contestant = contestants[name]
  if (contestant === undefined) throw new Error(`There is no contestant ${name}`)
  const now = (): number => performance.timeOrigin + performance.now()
  let count = 0
  let firstAt: number | undefined
  await contestant(baseUrl, () => {
    firstAt ??= now()
    count += 1
  })
  const lastAt = now()
  const { user, system } = process.cpuUsage()
  return { count, firstAt: firstAt ?? lastAt, lastAt, cpuMs: (user + system) / 1000 }
}

list(...process.argv.slice(2)).then((said) => console.log(JSON.stringify(said)))
