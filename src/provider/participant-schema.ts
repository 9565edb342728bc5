import * as z from 'zod/mini'
import { problemOfAddress } from '../model/address.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { recordOrNull } from '../model/read.ts'
import { describeValue } from '../options/describe-value.ts'
import { ownProperties } from '../options/own-properties.ts'
import { DATA } from '../options/parse-options.ts'
import { matches } from '../options/schemas.ts'
import type { Schema } from '../options/standard-schema.ts'

const part = z.string('must be a string').check(
  z.refine((text) => text.trim() !== '', { error: 'must not be empty', params: DATA }),
  z.refine((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text), {
    error: 'must not contain control characters or lone surrogates',
    params: DATA,
  }),
)

const address = z.object({ address: part, channel: z.optional(part) }).check(
  z.superRefine(({ address, channel = null }, context) => {
    const message = problemOfAddress(address, channel)
    if (message !== null) context.addIssue({ code: 'custom', path: ['address'], message, params: DATA })
  }),
)

/** Every way to name a participant, with the properties that each takes. */
const FORMS: readonly { readonly names: readonly string[]; readonly schema: Schema }[] = [
  { names: ['address', 'channel'], schema: address },
  { names: ['identity'], schema: z.object({ identity: part }) },
  { names: ['id'], schema: z.object({ id: part }) },
  {
    names: ['identifierKey', 'identifierValue'],
    schema: z.object({ identifierKey: part, identifierValue: part }),
  },
]

/** The participant of a conversation: null stands for what is not known. */
const participantOfConversation = z.object({
  address: z.nullish(part),
  channel: z.nullish(part),
  identity: z.nullish(part),
  id: z.nullish(part),
  identifierKey: z.nullish(part),
  identifierValue: z.nullish(part),
})

/** The schema of the form that the properties are those of; undefined if they are of none, or of several. */
function schemaFor(value: object): Schema | undefined {
  if ('provider' in value) return participantOfConversation
  const given = Object.keys(value)
  const [form, ...others] = FORMS.filter(({ names }) => names.some((name) => given.includes(name)))
  return others.length === 0 && given.every((name) => form?.names.includes(name)) ? form?.schema : undefined
}

/**
 * What holds for every provider: exactly one form, and strings that can be sent. A wrong form is a mistake in the code,
 * a wrong string one in the data.
 */
export const participantSchema: z.ZodMiniType<ParticipantRef> = z.pipe(
  z.transform(withoutUndefined),
  z
    .custom<ParticipantRef>(
      (value) => recordOrNull(value) !== null && schemaFor(Object(value)) !== undefined,
      { error: ({ input }) => `${FORM}; got ${describeForm(input)}` },
    )
    .check(matches((value) => schemaFor(value) ?? z.unknown())),
)

const FORM = 'must be one of { address }, { identity }, { id } or { identifierKey, identifierValue }'

function describeForm(value: unknown): string {
  if (recordOrNull(value) === null) return describeValue(value)
  return `an object with ${Object.keys(Object(value)).join(' and ') || 'nothing'}`
}

function withoutUndefined(given: unknown): unknown {
  if (recordOrNull(given) === null) return given
  return Object.fromEntries(
    Object.entries(ownProperties(Object(given))).filter(([, content]) => content !== undefined),
  )
}
