import { createRandom } from './random.ts'
import {
  type BirdSampleConversation,
  type BirdSampleTeam,
  sampleBirdConversation,
  sampleBirdTeam,
} from './sample-bird.ts'
import {
  type BirdSampleOptions,
  parseBirdSampleOptions,
  parseTwilioSampleOptions,
  type TwilioSampleOptions,
} from './sample-options.ts'
import { mixedWithOthers, otherAddress, otherIdentity } from './sample-parts.ts'
import {
  sampleServiceSid,
  sampleTwilioChat,
  sampleTwilioConversation,
  type TwilioSampleConversation,
} from './sample-twilio.ts'

/**
 * Returns conversations as Twilio sends them: in various states, with and without names, attributes and timers. Their
 * account is `AC` and 32 zeros, which a stand-in replaces with its own.
 *
 * @throws ConfigurationError that names every invalid option
 * @example
 * const texts = sampleTwilioConversations({ address: '+12025550123', count: 120 })
 * const chats = sampleTwilioConversations({ identity: 'jo', count: 30 })
 */
export function sampleTwilioConversations(options: TwilioSampleOptions): TwilioSampleConversation[] {
  const { address = '', identity = '', count, seed = 1 } = parseTwilioSampleOptions(options)
  const random = createRandom(`twilio ${seed} ${address}${identity}`)
  const serviceSid = sampleServiceSid(random)
  return identity === ''
    ? mixedWithOthers({ name: address, count, otherName: () => otherAddress(address, random) }, (address) =>
        sampleTwilioConversation(address, serviceSid, random),
      )
    : mixedWithOthers({ name: identity, count, otherName: () => otherIdentity(random) }, (identity) =>
        sampleTwilioChat(identity, serviceSid, random),
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
  return birdConversationsWith(sampleBirdTeam(), parseBirdSampleOptions(options))
}

/** Returns conversations with the people of a team. */
export function birdConversationsWith(
  team: BirdSampleTeam,
  { address, count, channelId, seed = 1 }: BirdSampleOptions,
): BirdSampleConversation[] {
  const random = createRandom(`bird ${seed} ${address} ${channelId}`)
  return mixedWithOthers(
    { name: address, count, otherName: () => otherAddress(address, random) },
    (address) => sampleBirdConversation(address, channelId, team, random),
  )
}
