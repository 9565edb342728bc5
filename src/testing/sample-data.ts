import { createRandom } from './random.ts'
import { type BirdSampleConversation, sampleBirdConversation, sampleBirdTeam } from './sample-bird.ts'
import { mixedWithOthers } from './sample-parts.ts'
import {
  sampleTwilioAccount,
  sampleTwilioConversation,
  type TwilioSampleConversation,
} from './sample-twilio.ts'

/** Whose conversations, and how many. */
export interface SampleOptions {
  /** The participant's phone number, e-mail address, or, on Twilio, prefixed address such as `whatsapp:+1…`. */
  address: string
  /** How many conversations the participant is in. Those of other people come on top: one for every four. */
  count: number
  /**
   * The same options give the same conversations; another seed gives others.
   *
   * @default 1
   */
  seed?: number
}

/** Whose conversations, how many, and in which channel. */
export interface BirdSampleOptions extends SampleOptions {
  /** The channel that all of the conversations are in. */
  channelId: string
}

/**
 * Conversations as Twilio has them: states in a mix, with and without names, attributes and timers.
 *
 * @example
 * const conversations = sampleTwilioConversations({ address: '+12025550123', count: 120 })
 */
export function sampleTwilioConversations(options: SampleOptions): TwilioSampleConversation[] {
  const random = createRandom(`twilio ${options.seed ?? 1} ${options.address}`)
  const account = sampleTwilioAccount(random)
  return mixedWithOthers(options, random, (address) => sampleTwilioConversation(address, account, random))
}

/**
 * Conversations as Bird has them, each with the contact and perhaps an agent, and mostly with a last message.
 *
 * @example
 * const conversations = sampleBirdConversations({ address: 'ada@example.com', channelId, count: 30 })
 */
export function sampleBirdConversations(options: BirdSampleOptions): BirdSampleConversation[] {
  const random = createRandom(`bird ${options.seed ?? 1} ${options.address}`)
  const team = sampleBirdTeam(random)
  return mixedWithOthers(options, random, (address) =>
    sampleBirdConversation(address, options.channelId, team, random),
  )
}
