/** The accounts that the schedules list, and what each source of a listing has. */
import type {
  BirdConversationResource,
  ParticipantForm,
  ParticipantRef,
  TwilioParticipantConversation,
} from '../../src/index.ts'
import { sampleBirdTeam } from '../../src/testing/sample-bird.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { messagingBinding } from '../../src/testing/sample-twilio.ts'
import { ADDRESS, BIRD } from '../support/example-accounts.ts'

/** The most conversations that an address has at a provider. */
export const MOST = 120

const SECOND = '+12025550124'
const IDENTITY = 'jo'
const CHANNELS = [BIRD.channelId, '00000000-0000-4000-8000-000000000003']

/** What is listed. */
export interface Listed {
  readonly providers: readonly ('twilio' | 'bird')[]
  /** How many channels Bird has. */
  readonly channels: 1 | 2
  /** How many references one person has: a number, a second address, and one that only one provider can look up. */
  readonly references: 1 | 2 | 3
  /** Whether the number is looked up on every channel, or as an address. */
  readonly form: 'phone' | 'address'
  readonly count: number
}

/** What a listing reads at once, with its conversations in order. */
export interface ListedSource {
  /** What `onSourceError` is told of it. Several addresses have the same. */
  readonly key: string
  readonly conversations: readonly { readonly id: string; readonly status: string }[]
}

const { contactOf } = sampleBirdTeam()
const [contact, secondContact] = [contactOf(ADDRESS), contactOf(SECOND)]

export function participantsOf({ providers, references, form }: Listed): ParticipantRef[] {
  const special = { twilio: { identity: IDENTITY }, bird: { provider: 'bird', id: contact.id ?? '' } }
  const number = form === 'phone' ? { phone: ADDRESS } : { address: ADDRESS }
  const addresses = [number, { address: SECOND }].slice(0, references)
  return references < 3 ? addresses : [...addresses, ...providers.map((provider) => special[provider])]
}

export function channelsOf({ channels }: Listed): string[] {
  return CHANNELS.slice(0, channels)
}

const twilioSamples = sampleTwilioConversations({ address: ADDRESS, count: MOST })
const twilioSamplesOfSecond = sampleTwilioConversations({ address: SECOND, count: MOST, seed: 2 })
const birdSamples = sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: MOST })
const birdSamplesOfSecond = sampleBirdConversations({
  address: SECOND,
  channelId: BIRD.channelId,
  count: MOST,
  seed: 2,
})

/** Several conversations have two of a person's participants. */
export function twilioDataOf({ count }: Listed): TwilioParticipantConversation[] {
  const first = twilioSamples.slice(0, count)
  return [
    ...first,
    ...twilioSamplesOfSecond.slice(0, count / 2),
    ...everyThird(first).map((raw) => ({ ...raw, participant_messaging_binding: messagingBinding(SECOND) })),
    ...everyThird(first.slice(2)).map((raw) => ({
      ...raw,
      participant_messaging_binding: messagingBinding(`whatsapp:${ADDRESS}`),
    })),
    ...everyThird(first.slice(1)).map((raw) => ({
      ...raw,
      participant_messaging_binding: null,
      participant_identity: IDENTITY,
    })),
  ]
}

/** The channels take turns. */
export function birdDataOf(listed: Listed): BirdConversationResource[] {
  const channels = channelsOf(listed)
  const first = birdSamples.slice(0, listed.count)
  const withBoth = new Set(everyThird(first))
  const shared = first.map((raw) =>
    withBoth.has(raw)
      ? { ...raw, featuredParticipants: [...(raw.featuredParticipants ?? []), secondContact] }
      : raw,
  )
  return [...shared, ...birdSamplesOfSecond.slice(0, listed.count / 2)].map((raw, index) => ({
    ...raw,
    channelId: channels[index % channels.length] ?? null,
  }))
}

function addressOf({ participant_messaging_binding: binding }: TwilioParticipantConversation): string | null {
  return binding?.address ?? null
}

function everyThird<T>(items: readonly T[]): T[] {
  return items.filter((_, index) => index % 3 === 0)
}

/** The sources of a listing, in order. */
export function sourcesOf(listed: Listed): ListedSource[] {
  const [twilioData, birdData, channels] = [twilioDataOf(listed), birdDataOf(listed), channelsOf(listed)]
  const participants = participantsOf(listed)
  const ofTwilio = participants.flatMap((ref): ListedSource[] => {
    if ('id' in ref) return []
    if ('phone' in ref) {
      const addresses = [ADDRESS, `whatsapp:${ADDRESS}`, `rcs:${ADDRESS}`]
      return addresses.map((address) => twilioSource('phone', (raw) => addressOf(raw) === address))
    }
    if ('address' in ref) return [twilioSource('address', (raw) => addressOf(raw) === ref.address)]
    return [twilioSource('identity', (raw) => raw.participant_identity === IDENTITY)]
  })
  function twilioSource(
    form: ParticipantForm,
    isFound: (raw: TwilioParticipantConversation) => boolean,
  ): ListedSource {
    const conversations = twilioData
      .filter(isFound)
      .map((raw) => ({ id: String(raw.conversation_sid), status: String(raw.conversation_state) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    return { key: keyOf('twilio', form, null), conversations }
  }
  const ofBird = participants.flatMap((ref): ListedSource[] => {
    if ('identity' in ref) return []
    const isSecond = 'address' in ref && ref.address === SECOND
    const { id } = isSecond ? secondContact : contact
    return channels.map((channel) => ({
      key: keyOf('bird', 'id' in ref ? 'id' : 'phone' in ref ? 'phone' : 'address', channel),
      conversations: birdData
        .filter(({ channelId, featuredParticipants }) => {
          return channelId === channel && featuredParticipants?.some((participant) => participant?.id === id)
        })
        .map((raw) => ({ id: raw.id, status: String(raw.status) })),
    }))
  })
  return listed.providers.flatMap((provider) => ({ twilio: ofTwilio, bird: ofBird })[provider])
}

export function keyOf(provider: string, form: ParticipantForm | null, list: string | null): string {
  return [provider, form, list].join(' ')
}
