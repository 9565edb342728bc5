import * as z from 'zod/mini'
import { problemOfAddress } from '../model/address.ts'
import {
  isListedParticipant,
  type ParticipantForm,
  type ParticipantForms,
  type ParticipantRef,
} from '../model/participant.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import { DATA } from '../options/parse-options.ts'
import { problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import { matches, type ShapeOf } from '../options/schemas.ts'

const anyText = z.string('must be a string')

const part = anyText.check(
  z.superRefine((text, context) => {
    const message = problemOfText(text)
    if (message !== null) context.addIssue({ code: 'custom', message, params: DATA })
  }),
)

const provider = z.optional(z.string('must be the name of a provider'))

/** The properties of each form. */
const SHAPES = {
  address: { address: part, channel: z.optional(part) },
  identity: { identity: part },
  id: { id: part },
  identifier: { identifierKey: part, identifierValue: part },
} satisfies { readonly [Form in ParticipantForm]: ShapeOf<ParticipantForms[Form]> }

/** The properties of all forms. */
export const PARTICIPANT_PROPERTIES: readonly string[] = Object.values(SHAPES).flatMap(Object.keys)

const SCHEMAS: { readonly [Form in ParticipantForm]: z.ZodMiniType } = {
  address: z.object({ ...SHAPES.address, provider }).check(
    z.superRefine(({ address, channel = null }, context) => {
      const message = problemOfAddress(address, channel)
      if (message !== null) context.addIssue({ code: 'custom', path: ['address'], message, params: DATA })
    }),
  ),
  identity: z.object({ ...SHAPES.identity, provider }),
  id: z.object({ ...SHAPES.id, provider }),
  identifier: z.object({ ...SHAPES.identifier, provider }),
}

/**
 * The participant of a conversation, with null for what is unknown. A provider may have sent any text: only what is looked
 * up must be one that can be sent, and only the adapter knows what that is.
 */
const listedParticipant = z.object(
  Object.fromEntries(PARTICIPANT_PROPERTIES.map((name) => [name, z.nullish(anyText)])),
)

/**
 * Any reference: exactly one form, and strings that can be sent. An invalid form is a mistake in the code, an invalid
 * string is one in the data.
 */
export const participantRefSchema: z.ZodMiniType<ParticipantRef> = z.pipe(
  z.transform(copyOfRef<unknown>),
  z
    .custom<ParticipantRef>((value) => problemOfRef(value) === null, {
      error: ({ input }) => problemOfRef(input) ?? '',
    })
    .check(matches((ref) => (isListedParticipant(ref) ? listedParticipant : SCHEMAS[formOf(ref) ?? 'id']))),
)

/** The form of a reference that is written by hand; undefined if its properties belong to several, or to none. */
export function formOf(ref: object): ParticipantForm | undefined {
  const given = Object.keys(ref).filter((name) => name !== 'provider')
  const forms = Object.keys(SHAPES) as ParticipantForm[] // the names of the table
  return forms.find((form) => given.length > 0 && given.every((name) => name in SHAPES[form]))
}

function problemOfRef(value: unknown): string | null {
  const problem = problemOfOptions(value)
  if (problem?.startsWith('is ')) return problem
  if (problem !== null) return `${mustBeOneForm()}; got ${describeValue(value)}`
  const ref = Object(value)
  // A conversation has an id and a provider, as a participant has.
  if ('participants' in ref) return 'is a conversation: pass conversation.participant'
  if (isListedParticipant(ref) || formOf(ref) !== undefined) return null
  const names = Object.keys(ref)
  const got = names.length === 0 ? 'an empty object' : `an object with ${names.join(' and ')}`
  return `${mustBeOneForm()}; got ${got}`
}

/** "must be one of { address }, { identity } or { id }" */
function mustBeOneForm(): string {
  const forms = Object.values(SHAPES).map((shape: Readonly<Record<string, z.ZodMiniType>>) => {
    const required = Object.entries(shape).filter(([, schema]) => !z.safeParse(schema, undefined).success)
    return `{ ${required.map(([name]) => name).join(', ')} }`
  })
  return `must be one of ${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}`
}

/** A copy that inherits nothing: properties from the caller's own classes become its own. */
export function copyOfRef<T>(given: T): T
export function copyOfRef(given: unknown): unknown {
  if (problemOfOptions(given) !== null) return given
  const source = withoutPrototype(Object(given))
  const names = new Set(['provider', 'projectedAddress', ...PARTICIPANT_PROPERTIES, ...Object.keys(source)])
  const entries = Array.from(names, (name) => [name, source[name]])
  return withoutPrototype(Object.fromEntries(entries.filter(([, content]) => content !== undefined)))
}
