/**
 * The entry `participant-conversations`: everything except the helpers for tests.
 *
 * @module participant-conversations
 */
import type { BirdConversation } from './bird.ts'
import type { TwilioConversation } from './twilio.ts'

export * from './bird.ts'
export * from './listing/public.ts'
export * from './twilio.ts'

/** A conversation of either provider: `conversation.provider` tells which, and narrows `conversation.raw`. */
export type Conversation = TwilioConversation | BirdConversation
