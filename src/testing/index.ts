/** The entry `participant-conversations/testing`: what apps and adapters need for their tests. */
export type { BirdStandInOptions } from './bird.ts'
export type { NetworkFailure, StandInFailure, StatusFailure } from './failures.ts'
export { type FakeOptions, fakeBirdConversation, fakeConversation, fakeTwilioConversation } from './fake.ts'
export {
  type BirdSampleOptions,
  type SampleOptions,
  sampleBirdConversations,
  sampleTwilioConversations,
} from './sample-data.ts'
export { createStandIn, type StandIn, type StandInRequest } from './stand-in.ts'
export { type TestProviderOptions, testProvider, type WirePage } from './test-provider.ts'
export type { TwilioStandInOptions } from './twilio.ts'
