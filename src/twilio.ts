/**
 * The entry `participant-conversations/twilio`: everything but the other providers.
 *
 * @module participant-conversations/twilio
 */
export * from './listing/public.ts'
export type { TwilioCredentials } from './providers/twilio/credentials.ts'
export type { TwilioConversation } from './providers/twilio/normalize.ts'
export type { TwilioOptions } from './providers/twilio/options.ts'
export { type TwilioProvider, twilio } from './providers/twilio/twilio.ts'
export type { TwilioMessagingBinding, TwilioParticipantConversation } from './providers/twilio/wire.ts'
