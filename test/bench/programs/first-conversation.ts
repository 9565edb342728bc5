/** Imports a library, asks for the first conversation, and tells when it had it. */
import { ADDRESS, TWILIO } from '../../support/example-accounts.ts'

/** What the process says. */
export interface First {
  readonly id: string | undefined
  /** In milliseconds since 1970. */
  readonly at: number
}

type Ask = (baseUrl: string) => Promise<string | undefined>

const contestants: Record<string, Ask> = {
  nothing: async () => undefined,
  'participant-conversations/twilio': async (baseUrl) => {
    const { listParticipantConversations, twilio } = await import('participant-conversations/twilio')
    const provider = twilio({ ...TWILIO, baseUrl })
    for await (const { id } of listParticipantConversations({
      provider,
      participant: { address: ADDRESS },
    })) {
      return id
    }
    return undefined
  },
  twilio: async (baseUrl) => {
    const { participantConversations } = await import('../official.ts')
    // The shortest way to it: list() and each() ask for a page too.
    const { instances } = await participantConversations(baseUrl).page({ address: ADDRESS })
    return instances[0]?.conversationSid
  },
}

async function ask(name = '', baseUrl = ''): Promise<First> {
  const contestant = contestants[name]
  if (contestant === undefined) throw new Error(`There is no contestant ${name}`)
  const id = await contestant(baseUrl)
  return { id, at: performance.timeOrigin + performance.now() }
}

ask(...process.argv.slice(2)).then((said) => console.log(JSON.stringify(said)))
