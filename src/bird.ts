/**
 * The entry `participant-conversations/bird`: everything but the other providers.
 *
 * @module participant-conversations/bird
 */
export * from './listing/public.ts'
export { bird } from './providers/bird/bird.ts'
export type { BirdConversation } from './providers/bird/normalize.ts'
export type { BirdOptions } from './providers/bird/options.ts'
export type { BirdParticipantRef } from './providers/bird/participant.ts'
export type {
  BirdContact,
  BirdConversationResource,
  BirdIdentifier,
  BirdLastMessage,
  BirdParticipant,
  BirdRecipient,
  BirdReferral,
} from './providers/bird/wire.ts'
