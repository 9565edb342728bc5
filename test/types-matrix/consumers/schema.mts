import type { Conversation, TwilioParticipantConversation } from 'participant-conversations'
import * as schema from 'participant-conversations/schema'
import * as z from 'zod'

export const page = z.object({ items: z.array(schema.conversationSchema) })
export const received: Conversation[] = page.parse({}).items
export const raw: TwilioParticipantConversation = schema.twilioParticipantConversationSchema.parse({})
export const lastDate: Date | null | undefined = schema.birdConversationSchema.omit({ raw: true }).parse({})
  .lastMessage?.createdAt
// @ts-expect-error Its type is known, and is no number.
export const wrongDate: number = schema.birdConversationSchema.parse({}).createdAt
