import { createRandom } from './random.ts'
import { type BirdSampleConversation, sampleBirdConversation, sampleBirdTeam } from './sample-bird.ts'
import {
  type BirdSampleOptions,
  parseBirdSampleOptions,
  parseSampleOptions,
  type SampleOptions,
} from './sample-options.ts'
import { mixedWithOthers } from './sample-parts.ts'
import {
  sampleTwilioAccount,
  sampleTwilioConversation,
  type TwilioSampleConversation,
} from './sample-twilio.ts'

/**
 * Returns conversations as Twilio sends them: in various states, with and without names, attributes and timers.
 *
 * @throws ConfigurationError that names every invalid option
 * @example
 * const conversations = sampleTwilioConversations({ address: '+12025550123', count: 120 })
 */
export function sampleTwilioConversations(options: SampleOptions): TwilioSampleConversation[] {
  const { address, count, seed = 1 } = parseSampleOptions(options)
  const random = createRandom(`twilio ${seed} ${address}`)
  const account = sampleTwilioAccount(random)
  return mixedWithOthers({ address, count }, random, (address) =>
    sampleTwilioConversation(address, account, random),
  )
}

/**
 * Returns conversations as Bird sends them, each with the contact and perhaps an agent, most with a last message. An
 * address has the same contact in all of them, whatever the channel and the seed.
 *
 * @throws ConfigurationError that names every invalid option
 * @example
 * const conversations = sampleBirdConversations({ address: 'ada@example.com', channelId, count: 30 })
 */
export function sampleBirdConversations(options: BirdSampleOptions): BirdSampleConversation[] {
  const { address, count, channelId, seed = 1 } = parseBirdSampleOptions(options)
  const random = createRandom(`bird ${seed} ${address} ${channelId}`)
  const team = sampleBirdTeam()
  return mixedWithOthers({ address, count }, random, (address) =>
    sampleBirdConversation(address, channelId, team, random),
  )
}
