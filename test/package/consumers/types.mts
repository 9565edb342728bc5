import {
  bird,
  type Conversation,
  type ConversationProvider,
  listParticipantConversations,
  twilio,
} from 'participant-conversations'
import { anyConversationSchema, conversationSchema } from 'participant-conversations/schema'
import * as z from 'zod/v4'

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

export const page = z.object({ items: z.array(conversationSchema), nextCursor: z.string().nullable() })
export const received: Conversation[] = page.parse({}).items
export const stored: string | null = anyConversationSchema.omit({ raw: true }).parse({}).title

declare const process: { env: Record<string, string | undefined> }
declare function use(...values: unknown[]): void
