import type { BirdConversation, BirdConversationResource } from '../bird.ts'
import { completeConversation } from '../model/complete.ts'
import type { ConversationsError } from '../model/errors.ts'
import { type OptionsSource, optionsError } from '../options/parse-options.ts'
import { normalize as normalizeBird } from '../providers/bird/normalize.ts'
import { normalize as normalizeTwilio } from '../providers/twilio/normalize.ts'
import type { TwilioConversation, TwilioParticipantConversation } from '../twilio.ts'
import { checkModelDates, checkWireDates } from './fake-dates.ts'
import { birdFieldsOf, FAKE_ADDRESS, twilioFieldsOf } from './fake-fields.ts'
import { createRandom, type Random } from './random.ts'
import { sampleBirdConversation, sampleBirdTeam } from './sample-bird.ts'
import { sampleServiceSid, sampleTwilioConversation } from './sample-twilio.ts'

/** Which of the many possible conversations to make up. */
export interface FakeOptions {
  /**
   * The same seed returns the same conversation. Default: each call returns another conversation, and every process
   * returns them in the same order.
   */
  seed?: number | string | undefined
}

const CHANNEL_ID = '00000000-0000-4000-8000-000000000002'

const CALL: OptionsSource = { call: 'fakeConversation()' }

const twilioSequence = createRandom('fake twilio')
const birdSequence = createRandom('fake bird')

/**
 * Returns a valid conversation as Twilio sends it, with the participant `+12025550123`. Overrides replace whole
 * properties. Its account is `AC` and 32 zeros, which a stand-in replaces with its own: in handlers of your own, pass the
 * `account_sid` that `twilio()` has as `accountSid`. Dates are text, as in JSON.
 *
 * @throws ConfigurationError for a `Date`
 * @example
 * fakeTwilioConversation({ conversation_state: 'closed' })
 * fakeTwilioConversation({ participant_identity: 'jo', participant_messaging_binding: null })
 */
export function fakeTwilioConversation(
  overrides: Partial<TwilioParticipantConversation> = {},
  options: FakeOptions = {},
): TwilioParticipantConversation {
  checkWireDates('fakeTwilioConversation()', overrides)
  const random = randomOf(options, twilioSequence, 'twilio')
  const conversation = sampleTwilioConversation(FAKE_ADDRESS, sampleServiceSid(random), random, overrides)
  return { ...conversation, ...withoutUndefined(overrides) }
}

/**
 * Returns a valid conversation as Bird sends it, with the contact `+12025550123`, in the channel
 * `00000000-0000-4000-8000-000000000002`. Overrides replace whole properties. Dates are text, as in JSON.
 *
 * @throws ConfigurationError for a `Date`
 * @example
 * fakeBirdConversation({ status: 'closed', channelId })
 */
export function fakeBirdConversation(
  overrides: Partial<BirdConversationResource> = {},
  options: FakeOptions = {},
): BirdConversationResource {
  checkWireDates('fakeBirdConversation()', overrides)
  const random = randomOf(options, birdSequence, 'bird')
  const conversation = sampleBirdConversation(FAKE_ADDRESS, CHANNEL_ID, sampleBirdTeam(), random, overrides)
  return { ...conversation, ...withoutUndefined(overrides) }
}

/**
 * Returns a conversation as a listing yields it: on Twilio, unless `provider` is `'bird'`. `raw` matches the overrides
 * that the provider has a property for, such as id, title, status, channel and dates. Override participants and the last
 * message in `raw`: everything else follows from it.
 *
 * Dates are `Date` objects, as in a listing; those in `raw` are text, as the provider sends them. For a conversation that
 * was stored as JSON, `conversationSchema` of `participant-conversations/schema` restores its dates.
 *
 * @throws ConfigurationError for a date that is text, for a `Date` in `raw`, and for a `raw` without an id, which no
 * listing yields
 * @example
 * fakeConversation({ title: 'Where is my order?', status: 'active' })
 * fakeConversation({ provider: 'bird', raw: fakeBirdConversation({ lastMessage: null }) })
 */
export function fakeConversation(
  overrides: Partial<BirdConversation> & { provider: 'bird' },
  options?: FakeOptions,
): BirdConversation
export function fakeConversation(
  overrides?: Partial<TwilioConversation>,
  options?: FakeOptions,
): TwilioConversation
export function fakeConversation(
  overrides:
    | (Partial<TwilioConversation> & { provider: 'twilio' })
    | (Partial<BirdConversation> & { provider: 'bird' }),
  options?: FakeOptions,
): TwilioConversation | BirdConversation
export function fakeConversation(
  overrides: Partial<TwilioConversation> | (Partial<BirdConversation> & { provider: 'bird' }) = {},
  options: FakeOptions = {},
): TwilioConversation | BirdConversation {
  checkModelDates(CALL.call, overrides)
  if (overrides.provider === 'bird') {
    const raw = overrides.raw ?? fakeBirdConversation(birdFieldsOf(overrides), options)
    if (!raw.id && overrides.id === undefined) throw withoutId('id')
    const contact = raw.featuredParticipants?.find((participant) => participant?.type === 'contact')
    const lookup = { form: 'id', value: contact?.id ?? '', key: '' } as const
    const conversation = completeConversation('bird', raw.id ?? '', raw, normalizeBird(raw, lookup, null))
    return { ...conversation, ...withoutUndefined(overrides) }
  }
  const raw = overrides.raw ?? fakeTwilioConversation(twilioFieldsOf(overrides), options)
  if (!raw.conversation_sid && overrides.id === undefined) throw withoutId('conversation_sid')
  const conversation = completeConversation('twilio', raw.conversation_sid ?? '', raw, normalizeTwilio(raw))
  return { ...conversation, ...withoutUndefined(overrides) }
}

/** No listing yields a conversation without an id. */
function withoutId(property: string): ConversationsError {
  const message = `raw.${property} is missing: set it, or pass the id as an override`
  return optionsError(CALL, [{ option: 'raw', message }])
}

function randomOf({ seed }: FakeOptions, sequence: Random, provider: string): Random {
  return seed === undefined ? sequence : createRandom(`fake ${provider} ${seed}`)
}

function withoutUndefined<T extends object>(overrides: T): T {
  // What is removed is optional in T: T is a type of overrides, whose properties all are.
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined)) as T
}
