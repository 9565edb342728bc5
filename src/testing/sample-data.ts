import { createRandom } from './random.ts'
import { type BirdSampleConversation, sampleBirdConversation, sampleBirdTeam } from './sample-bird.ts'
import { mixedWithOthers } from './sample-parts.ts'
import {
  sampleTwilioAccount,
  sampleTwilioConversation,
  type TwilioSampleConversation,
} from './sample-twilio.ts'

/** Whose conversations to make up, and how many. */
export interface SampleOptions {
  /** The participant's phone number, e-mail address, or, on Twilio, prefixed address such as `whatsapp:+1…`. */
  address: string
  /** How many conversations the participant is in. One of another person is added for every four of them. */
  count: number
  /**
   * The same options return the same conversations; another seed returns others.
   *
   * @default 1
   */
  seed?: number
}

/** Whose conversations to make up, how many, and in which channel. */
export interface BirdSampleOptions extends SampleOptions {
  /** The channel of all the conversations. */
  channelId: string
}

/**
 * Returns conversations as Twilio sends them: in various states, with and without names, attributes and timers.
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
 * Returns conversations as Bird sends them, each with the contact and perhaps an agent, most with a last message.
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
