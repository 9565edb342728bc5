import type { BirdConversation, BirdConversationResource } from '../bird.ts'
import type { TwilioConversation, TwilioParticipantConversation } from '../twilio.ts'

/** The properties that Twilio would have sent for these fields of the model. A field that is not passed has none. */
export function twilioFieldsOf(fields: Partial<TwilioConversation>): Partial<TwilioParticipantConversation> {
  const { timers, attributes } = fields
  return defined({
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

/** The properties that Bird would have sent for these fields of the model. */
export function birdFieldsOf(fields: Partial<BirdConversation>): Partial<BirdConversationResource> {
  const { participantCount, channel } = fields
  return defined({
    id: fields.id,
    name: fields.title,
    description: fields.description,
    status: fields.status,
    channelId: channel?.id,
    activeParticipantCount: participantCount?.active,
    pendingParticipantCount: participantCount?.pending,
    createdAt: dateText(fields.createdAt),
    updatedAt: dateText(fields.updatedAt),
    attributes: fields.attributes,
  })
}

function dateText(date: Date | null | undefined): string | null | undefined {
  return date === null ? null : date?.toISOString()
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(fields: T): Defined<T> {
  // The filter leaves only what is not undefined.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
