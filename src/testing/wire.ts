/** The conversations of the samples, by the names that the tests of the stand-in have for them. */
export type { BirdSampleConversation as BirdWireConversation } from './sample-bird.ts'
export type { TwilioSampleConversation as TwilioWireConversation } from './sample-twilio.ts'
