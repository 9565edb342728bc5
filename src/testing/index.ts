/**
 * The entry `participant-conversations/testing`: helpers for the tests of apps and adapters.
 *
 * @module participant-conversations/testing
 */
export type { BirdStandInOptions } from './bird.ts'
export type {
  BodyFailure,
  NetworkFailure,
  SlowAnswer,
  StandInFailure,
  StatusFailure,
} from './failure-options.ts'
export { type FakeOptions, fakeBirdConversation, fakeConversation, fakeTwilioConversation } from './fake.ts'
export { sampleBirdConversations, sampleTwilioConversations } from './sample-data.ts'
export type {
  BirdSampleOptions,
  PersonSampleOptions,
  SampleOptions,
  TwilioSampleOptions,
} from './sample-options.ts'
export { type SamplePerson, samplePerson } from './sample-person.ts'
export { createStandIn, type StandIn, type StandInRequest } from './stand-in.ts'
export type { StandInOptions } from './stand-in-options.ts'
export { type TestProviderOptions, testProvider, type WirePage } from './test-provider.ts'
export type { TwilioStandInOptions } from './twilio.ts'
