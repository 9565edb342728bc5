/**
 * The entry `participant-conversations/schema`: zod schemas for those who store conversations, or receive them.
 *
 * @module participant-conversations/schema
 */
export {
  anyConversationSchema,
  birdConversationSchema,
  conversationSchema,
  twilioConversationSchema,
} from './schema/conversation.ts'
export { participantSchema } from './schema/participant.ts'
export { birdConversationResourceSchema } from './schema/raw-bird.ts'
export { twilioParticipantConversationSchema } from './schema/raw-twilio.ts'
