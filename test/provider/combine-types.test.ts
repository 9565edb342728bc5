import { expect, expectTypeOf, it } from 'vitest'
import {
  type AddressRef,
  type AnyConversation,
  type BirdConversation,
  type ConversationOf,
  type ConversationProvider,
  combine,
  type IdRef,
  listParticipantConversations,
  type Participant,
  type ParticipantOf,
  type ParticipantRef,
  type TwilioConversation,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { address, birdWith, fakeProvider, recordingFetch, twilioWith } from '../support/listing.ts'

const { fetch } = recordingFetch()
const twilio = twilioWith(fetch)
const bird = birdWith(fetch)
const both = combine([twilio, bird])

it("a combined provider yields its sources' conversations, which narrow on their provider", async () => {
  expectTypeOf<ConversationOf<typeof both>>().toEqualTypeOf<TwilioConversation | BirdConversation>()
  for await (const conversation of listParticipantConversations({
    provider: both,
    participant: { address },
  })) {
    if (conversation.provider === 'bird') expectTypeOf(conversation).toEqualTypeOf<BirdConversation>()
  }
  expect(await listParticipantConversations({ provider: both, participant: { address } }).toArray()).toEqual(
    [],
  )
})

it('a combined provider takes the participants that all sources can look up', () => {
  expectTypeOf<ParticipantOf<typeof both>>().toEqualTypeOf<AddressRef | Participant>()
  const byId = () =>
    listParticipantConversations({
      provider: both,
      // @ts-expect-error -- Twilio cannot look up an id
      participant: { id: 'x' },
    })
  expect(byId).toThrow(UnsupportedParticipantError)
})

it('a source with its own participant does not restrict the participant of the listing', () => {
  const provider = combine([{ provider: twilio, participant: { address } }, bird])
  expectTypeOf<ParticipantOf<typeof provider>>().toEqualTypeOf<ParticipantOf<typeof bird>>()
  expectTypeOf<ConversationOf<typeof provider>>().toEqualTypeOf<TwilioConversation | BirdConversation>()
  listParticipantConversations({ provider, participant: { id: 'x' } })

  const allOwn = combine([{ provider: bird, participant: { id: 'x' } }])
  expectTypeOf<ParticipantOf<typeof allOwn>>().toEqualTypeOf<ParticipantRef>()
})

it('the participant of a source must be one that its provider can look up', () => {
  const wrong = () =>
    combine([
      bird,
      // @ts-expect-error -- Twilio cannot look up an id
      { provider: twilio, participant: { id: 'x' } },
    ])
  expect(wrong).toThrow(UnsupportedParticipantError)
})

it('combine() accepts combined providers, and providers chosen at run time', () => {
  const nested = combine([both, fakeProvider(() => ({ items: [], nextPageToken: null }))])
  expectTypeOf<AnyConversation>().toExtend<ConversationOf<typeof nested>>()
  const chosen: ConversationProvider[] = [twilio, bird]
  const provider = combine(chosen)
  expectTypeOf<ParticipantOf<typeof provider>>().toEqualTypeOf<ParticipantRef>()
  expectTypeOf(provider).toExtend<ConversationProvider<AnyConversation, IdRef>>()
})

it('a combined provider accepts the options of its sources', () => {
  listParticipantConversations({
    provider: both,
    participant: { address },
    providerOptions: { bird: { reverse: true } },
  })
  const unknown = () =>
    listParticipantConversations({
      provider: both,
      participant: { address },
      // @ts-expect-error -- neither provider is called sinch
      providerOptions: { sinch: {} },
    })
  expect(unknown).toThrow('unknown option "providerOptions.sinch"')
})
