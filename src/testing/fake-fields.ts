import type { BirdConversation, BirdConversationResource, BirdParticipant } from '../bird.ts'
import { parseAddress, withPrefix } from '../model/address.ts'
import type { TwilioConversation, TwilioParticipantConversation } from '../twilio.ts'
import { messagingBinding } from './sample-twilio.ts'

/** The address of the participant of every fake. */
export const FAKE_ADDRESS = '+12025550123'

/** The properties that Twilio would have sent for these fields of the model. A field that is not passed has none. */
export function twilioFieldsOf(fields: Partial<TwilioConversation>): Partial<TwilioParticipantConversation> {
  const { timers, attributes } = fields
  return defined({
    ...participantOn(fields.channel),
    chat_service_sid: fields.serviceId,
    conversation_sid: fields.id,
    conversation_friendly_name: fields.title,
    conversation_unique_name: fields.uniqueName,
    conversation_state: fields.status,
    conversation_created_by: fields.createdBy,
    conversation_date_created: dateText(fields.createdAt),
    conversation_date_updated: dateText(fields.updatedAt),
    conversation_timers: timers && {
      ...(timers.inactiveAt && { date_inactive: timers.inactiveAt.toISOString() }),
      ...(timers.closedAt && { date_closed: timers.closedAt.toISOString() }),
    },
    conversation_attributes: attributes && JSON.stringify(attributes),
  })
}

/** The participant of a conversation on a channel: the one of every fake, in the form that the channel has. */
function participantOn(
  channel: TwilioConversation['channel'] | undefined,
): Partial<TwilioParticipantConversation> {
  if (channel === undefined || channel.type === null) return {}
  const { type, businessAddress } = channel
  if (type === 'chat') return { participant_identity: 'jo', participant_messaging_binding: null }
  const address = type === 'email' ? 'jo@example.com' : withPrefix(parseAddress(FAKE_ADDRESS, type))
  const proxyAddress = businessAddress === null ? null : withPrefix(parseAddress(businessAddress, type))
  return {
    participant_messaging_binding: { ...messagingBinding(address, type), proxy_address: proxyAddress },
  }
}

/** The properties that Bird would have sent for these fields of the model. */
export function birdFieldsOf(fields: Partial<BirdConversation>): Partial<BirdConversationResource> {
  const { participantCount, channel } = fields
  return defined({
    id: fields.id,
    name: fields.title,
    description: fields.description,
    status: fields.status,
    channelId: channel?.id,
    initiatingParticipant: initiatorOf(fields.createdBy),
    activeParticipantCount: participantCount?.active,
    pendingParticipantCount: participantCount?.pending,
    createdAt: dateText(fields.createdAt),
    updatedAt: dateText(fields.updatedAt),
    attributes: fields.attributes,
  })
}

function initiatorOf(id: string | null | undefined): BirdParticipant | null | undefined {
  return typeof id === 'string' ? { id, type: 'user', status: 'active' } : id
}

function dateText(date: Date | null | undefined): string | null | undefined {
  return date === null ? null : date?.toISOString()
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(fields: T): Defined<T> {
  // The filter leaves only what is not undefined.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
