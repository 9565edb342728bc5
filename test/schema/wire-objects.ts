import fc from 'fast-check'

/** Anything JSON can hold, and often what belongs somewhere. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    ...['', '+12025550123', 'whatsapp:+12025550123', '2024-02-29T12:00:00Z', 'email', 'emailaddress'],
    ...['9999-12-31T23:59:59-01:00', 'active', 'closed', '{"__proto__":{"a":1}}', '{"constructor":1}'],
  ),
)

/** How each property is made, from the values that the provider documents. */
type Property = (documented: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>

/** A property as the provider documents it. */
export const documented: Property = (values) => values

/** A property as it may be in the wild. */
export const wild: Property = (values) => fc.oneof({ weight: 4, arbitrary: values }, anything)

const text = fc.oneof(
  fc.string(),
  fc.constantFrom(
    ...['jo', '+12025550123', 'emailaddress', 'jo@example.com', 'phonenumber', '12025550123'],
    ...['whatsappbsuid', 'US.13490000055302741918', 'whatsapp:+12025550123', '[whatsapp:+12025550123]'],
  ),
)
const date = fc
  .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((value) => value.toISOString().replace('.000Z', 'Z'))
const count = fc.nat()
const flag = fc.boolean()
const record = fc.dictionary(fc.string(), fc.jsonValue())

/** An object as Twilio sends it, apart from its SID. */
export function twilioObject(property: Property): fc.Arbitrary<Record<string, unknown>> {
  const object = objects(property)
  return object({
    ...every(text, ['account_sid', 'chat_service_sid', 'participant_sid', 'participant_user_sid']),
    ...every(text, ['participant_identity', 'conversation_unique_name', 'conversation_friendly_name']),
    ...every(date, ['conversation_date_created', 'conversation_date_updated']),
    conversation_created_by: text,
    conversation_attributes: fc.oneof(
      text,
      record.map((value) => JSON.stringify(value)),
    ),
    conversation_timers: object(every(date, ['date_inactive', 'date_closed'])),
    links: fc.dictionary(fc.string(), fc.string()),
    participant_messaging_binding: object(
      every(text, ['type', 'address', 'proxy_address', 'projected_address', 'name', 'level']),
    ),
  }).chain((fields) =>
    // The one property that is documented never to be null.
    fc
      .record({ conversation_state: property(fc.constantFrom('active', 'inactive', 'closed', 'new')) })
      .map((state) => ({
        ...fields,
        ...state,
      })),
  )
}

/** An object as Bird sends it, apart from its id. */
export function birdObject(property: Property): fc.Arbitrary<Record<string, unknown>> {
  const object = objects(property)
  const identifier = every(text, ['identifierKey', 'identifierValue'])
  const contact = { ...identifier, ...every(text, ['platformAddress', 'platformAddressSelector']) }
  const participant = object({
    ...identifier,
    ...every(text, ['id', 'type', 'status', 'displayName', 'avatarUrl']),
    contact: object(contact),
  })
  const recipient = object({
    ...contact,
    ...every(text, ['id', 'type']),
    contactAnnotation: object({ name: text }),
    isInbox: flag,
  })
  return object({
    ...every(text, ['name', 'description', 'status', 'visibility', 'accessibility', 'style', 'channelId']),
    ...every(text, ['platformStyle', 'summary', 'likelySpamReason']),
    ...every(date, ['createdAt', 'updatedAt', 'lastMessageIncomingAt', 'lastMessageOutgoingAt']),
    ...every(count, ['activeParticipantCount', 'pendingParticipantCount']),
    ...every(flag, ['likelySpam', 'hasDraft']),
    featuredParticipants: fc.array(participant, { maxLength: 5 }),
    initiatingParticipant: participant,
    lastMessage: object({
      ...every(text, ['id', 'type', 'status']),
      preview: object({ text }),
      sender: participant,
      recipients: fc.array(recipient, { maxLength: 3 }),
      draft: flag,
      createdAt: date,
    }),
    attributes: record,
    referral: object({
      ...every(text, ['sourceUrl', 'sourceId', 'sourceType', 'mediaUrl', 'mediaType']),
      title: text,
    }),
    resource: object(every(text, ['type', 'id'])),
  })
}

type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>

function every(values: fc.Arbitrary<unknown>, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, values]))
}

/** Objects whose properties may be missing or null, some with a property that nobody knows. */
function objects(property: Property): (fields: Fields) => fc.Arbitrary<Record<string, unknown>> {
  return (fields) => {
    const made = Object.entries(fields).map(([name, values]) => [
      name,
      fc.option(property(values), { freq: 9 }),
    ])
    return fc.record(
      { ...Object.fromEntries(made), something_new: fc.jsonValue() },
      { requiredKeys: [], noNullPrototype: true },
    )
  }
}
