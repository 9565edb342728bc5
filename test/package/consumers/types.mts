import {
  bird,
  type Conversation,
  type ConversationProvider,
  listParticipantConversations,
  twilio,
} from 'participant-conversations'

const provider = twilio({ accountSid: 'AC0', authToken: process.env.TOKEN })
for await (const conversation of listParticipantConversations({
  provider,
  participant: { identity: 'alice' },
})) {
  const sid: string | null | undefined = conversation.raw.conversation_sid
  const date: Date | null = conversation.updatedAt
  use(sid, date)
}

// @ts-expect-error Twilio knows no participant ids.
listParticipantConversations({ provider, participant: { id: 'x' } })

// @ts-expect-error Bird knows no identities.
listParticipantConversations({ provider: bird(), participant: { identity: 'x' } })

export function titleOf(conversation: Conversation): string | null | undefined {
  return conversation.provider === 'twilio'
    ? conversation.raw.conversation_friendly_name
    : conversation.raw.name
}

export function anyOf(anyProvider: ConversationProvider): Promise<{ id: string }[]> {
  return listParticipantConversations({ provider: anyProvider, participant: { id: 'x' } }).toArray()
}
use(anyOf(bird()))

declare const process: { env: Record<string, string | undefined> }
declare function use(...values: unknown[]): void
