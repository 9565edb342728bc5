import * as z from 'zod/mini'
import { problemOfAddress } from '../model/address.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { recordOrNull } from '../model/read.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import { ownProperties } from '../options/own-properties.ts'
import { DATA } from '../options/parse-options.ts'
import { matches } from '../options/schemas.ts'
import type { Schema } from '../options/standard-schema.ts'

const anyText = z.string('must be a string')

const part = anyText.check(
  z.superRefine((text, context) => {
    const message = problemOfText(text)
    if (message !== null) context.addIssue({ code: 'custom', message, params: DATA })
  }),
)

const address = z.object({ address: part, channel: z.optional(part) }).check(
  z.superRefine(({ address, channel = null }, context) => {
    const message = problemOfAddress(address, channel)
    if (message !== null) context.addIssue({ code: 'custom', path: ['address'], message, params: DATA })
  }),
)

/** The forms of a participant reference, with the properties of each. */
const FORMS: readonly { readonly names: readonly string[]; readonly schema: Schema }[] = [
  { names: ['address', 'channel'], schema: address },
  { names: ['identity'], schema: z.object({ identity: part }) },
  { names: ['id'], schema: z.object({ id: part }) },
  {
    names: ['identifierKey', 'identifierValue'],
    schema: z.object({ identifierKey: part, identifierValue: part }),
  },
]

/**
 * The participant of a conversation, with null for what is unknown. A provider may have sent any text: only what is looked
 * up must be one that can be sent, and only the adapter knows what that is.
 */
const participantOfConversation = z.object({
  address: z.nullish(anyText),
  channel: z.nullish(anyText),
  identity: z.nullish(anyText),
  id: z.nullish(anyText),
  identifierKey: z.nullish(anyText),
  identifierValue: z.nullish(anyText),
})

/** The schema of the form that the properties belong to; undefined if they belong to several, or to none. */
function schemaFor(value: object): Schema | undefined {
  if ('participants' in value) return undefined
  if ('provider' in value) return participantOfConversation
  const given = Object.keys(value)
  return FORMS.find(({ names }) => given.length > 0 && given.every((name) => names.includes(name)))?.schema
}

/**
 * The rules of every provider: exactly one form, and strings that can be sent. An invalid form is a mistake in the code,
 * an invalid string a mistake in the data.
 */
export const participantRefSchema: z.ZodMiniType<ParticipantRef> = z.pipe(
  z.transform(withoutUndefined),
  z
    .custom<ParticipantRef>(
      (value) => recordOrNull(value) !== null && schemaFor(Object(value)) !== undefined,
      { error: ({ input }) => problemOf(input) },
    )
    .check(matches((value) => schemaFor(value) ?? z.unknown())),
)

const FORM = 'must be one of { address }, { identity }, { id } or { identifierKey, identifierValue }'

function problemOf(value: unknown): string {
  // A conversation has an id and a provider, as a participant has.
  const isConversation = recordOrNull(value) !== null && 'participants' in Object(value)
  return isConversation
    ? 'is a conversation: pass conversation.participant'
    : `${FORM}; got ${describeForm(value)}`
}

function describeForm(value: unknown): string {
  if (recordOrNull(value) === null) return describeValue(value)
  const names = Object.keys(Object(value))
  return names.length === 0 ? 'an empty object' : `an object with ${names.join(' and ')}`
}

/** A copy that inherits nothing: properties from the caller's own classes become its own. */
function withoutUndefined(given: unknown): unknown {
  if (recordOrNull(given) === null) return given
  const source = ownProperties(Object(given))
  const names = new Set(['provider', ...FORMS.flatMap((form) => form.names), ...Object.keys(source)])
  const entries = Array.from(names, (name) => [name, source[name]])
  return ownProperties(Object.fromEntries(entries.filter(([, content]) => content !== undefined)))
}
