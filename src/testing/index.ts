/** The entry `participant-conversations/testing`: what apps and adapters need for their tests. */
export type { BirdStandInOptions } from './bird.ts'
export { createStandIn, type StandIn, type StandInRequest } from './stand-in.ts'
export type { TwilioStandInOptions } from './twilio.ts'
export type { BirdWireConversation, TwilioWireConversation } from './wire.ts'
