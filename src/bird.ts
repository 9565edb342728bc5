/**
 * The entry `participant-conversations/bird`: everything but the other providers.
 *
 * @module participant-conversations/bird
 */
export * from './listing/public.ts'
export { type BirdProvider, bird } from './providers/bird/bird.ts'
export type { BirdConversation } from './providers/bird/normalize.ts'
export type { BirdListOptions, BirdOptions } from './providers/bird/options.ts'
export type {
  BirdContact,
  BirdConversationResource,
  BirdIdentifier,
  BirdLastMessage,
  BirdParticipant,
  BirdRecipient,
  BirdReferral,
} from './providers/bird/wire.ts'
