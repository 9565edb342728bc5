import type { ParticipantRef } from '../model/participant.ts'
import { type BirdSampleConversation, sampleBirdTeam } from './sample-bird.ts'
import { birdConversationsWith, sampleTwilioConversations } from './sample-data.ts'
import { type PersonSampleOptions, parsePersonSampleOptions } from './sample-options.ts'
import { BUSINESS_EMAIL, BUSINESS_NUMBER } from './sample-parts.ts'
import type { TwilioSampleConversation } from './sample-twilio.ts'

/** A person with conversations in several channels of both providers. */
export interface SamplePerson {
  /** The person, as the `participant` of a listing of both providers. To list Bird alone, leave out the last one. */
  readonly participant: readonly [
    ParticipantRef<'phone'>,
    ParticipantRef<'address'>,
    ParticipantRef<'identity'>,
  ]
  /** On Twilio: SMS, WhatsApp, RCS, e-mail and chat. */
  readonly twilioConversations: readonly TwilioSampleConversation[]
  /** On Bird: SMS, WhatsApp, RCS and e-mail, each in a separate channel, with the same contact in all of them. */
  readonly birdConversations: readonly BirdSampleConversation[]
  /** The channels on Bird, in that order, with the address of the business on each, as the `channelId` of `bird()`. */
  readonly channelId: Readonly<Record<string, string>>
}

const SMS = '00000000-0000-4000-8000-000000000002'
const WHATSAPP = '00000000-0000-4000-8000-000000000003'
const RCS = '00000000-0000-4000-8000-000000000004'
const EMAIL = '00000000-0000-4000-8000-000000000005'

/**
 * Returns a person with conversations in every channel of both providers, for a stand-in: by phone number, e-mail address
 * and chat identity. As in `sampleTwilioConversations()` and `sampleBirdConversations()`, other people have some too.
 *
 * @throws ConfigurationError that names every invalid option
 * @example
 * const { participant, twilioConversations, birdConversations, channelId } = samplePerson({ phone: '+12025550123' })
 * const { fetch } = createStandIn({
 *   twilio: { accountSid, authToken, conversations: twilioConversations },
 *   bird: { accessKey, workspaceId, conversations: birdConversations },
 * })
 * const provider = [
 *   twilio({ accountSid, authToken, fetch }),
 *   bird({ accessKey, workspaceId, channelId, fetch }),
 * ]
 * const list = listParticipantConversations({ provider, participant })
 */
export function samplePerson(options: PersonSampleOptions = {}): SamplePerson {
  const {
    phone = '+12025550123',
    email = 'jo@example.com',
    identity = 'jo',
    count = 3,
    seed = 1,
  } = parsePersonSampleOptions(options)
  const team = sampleBirdTeam((address) => (address === email ? phone : address))
  return {
    participant: [{ phone }, { address: email }, { identity }],
    twilioConversations: [
      ...[phone, `whatsapp:${phone}`, `rcs:${phone}`, email].flatMap((address) =>
        sampleTwilioConversations({ address, count, seed }),
      ),
      ...sampleTwilioConversations({ identity, count, seed }),
    ],
    birdConversations: [
      ...[SMS, WHATSAPP, RCS].map((channelId) => ({ address: phone, channelId })),
      { address: email, channelId: EMAIL },
    ].flatMap((source) => birdConversationsWith(team, { ...source, count, seed })),
    channelId: {
      [SMS]: BUSINESS_NUMBER,
      [WHATSAPP]: BUSINESS_NUMBER,
      [RCS]: BUSINESS_NUMBER,
      [EMAIL]: BUSINESS_EMAIL,
    },
  }
}
