import * as z from 'zod/mini'
import { problemOfAddress, problemOfPhone } from '../model/address-problems.ts'
import { listed } from '../model/message.ts'
import {
  isListedParticipant,
  type ParticipantForm,
  type ParticipantForms,
  type ParticipantRef,
} from '../model/participant.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import { COMPLETE, DATA } from '../options/parse-options.ts'
import { describeInstance, problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import { boolean, matches, notPromise } from '../options/schemas.ts'

const anyText = z.string('must be a string')

const part = anyText.check(
  z.superRefine((text, context) => {
    const message = problemOfText(text)
    if (message !== null) context.addIssue({ code: 'custom', message, params: DATA })
  }),
)

const provider = z.optional(z.string('must be the name of a provider'))

const CHANNELS = 'must be an array of at least one channel, such as sms or whatsapp'

/** How each form is checked. */
const SCHEMAS = {
  phone: z.object({
    phone: part.check(
      z.superRefine((text, context) => {
        const message = problemOfPhone(text)
        if (message !== null) context.addIssue({ code: 'custom', message, params: DATA })
      }),
    ),
    channels: z.optional(z.array(part, CHANNELS).check(z.minLength(1, CHANNELS))),
    variants: z.optional(boolean),
    provider,
  }),
  address: z.object({ address: part, channel: z.optional(part), provider }).check(
    z.superRefine(({ address, channel = null }, context) => {
      const message = problemOfAddress(address, channel)
      if (message !== null) context.addIssue({ code: 'custom', path: ['address'], message, params: DATA })
    }),
  ),
  identity: z.object({ identity: part, provider }),
  id: z.object({ id: part, provider }),
  identifier: z.object({ identifierKey: part, identifierValue: part, provider }),
} satisfies { readonly [Form in ParticipantForm]: FormSchema<Form> }

type FormSchema<Form extends ParticipantForm> = z.ZodMiniType<ParticipantForms[Form]> & {
  readonly shape: Readonly<Record<string, z.ZodMiniType>>
}

/** The names of the forms. */
const FORMS = Object.keys(SCHEMAS) as ParticipantForm[]

function propertiesOf(form: ParticipantForm): string[] {
  return Object.keys(SCHEMAS[form].shape).filter((name) => name !== 'provider')
}

/** The properties of all forms. */
export const PARTICIPANT_PROPERTIES: readonly string[] = FORMS.flatMap(propertiesOf)

/**
 * The participant of a conversation, with null for what is unknown. A provider may have sent any text: only what is looked
 * up must be one that can be sent, and only the adapter knows what that is.
 */
const listedParticipant = z.object(
  Object.fromEntries(PARTICIPANT_PROPERTIES.map((name) => [name, z.nullish(anyText)])),
)

/** A conversation has an id and a provider, as a participant has. */
const notConversation = z.custom<unknown>((value) => !('participants' in Object(value)), {
  error: 'is a conversation: pass conversation.participant',
  params: COMPLETE,
})

/**
 * Any reference: exactly one form, and strings that can be sent. An invalid form is a mistake in the code, an invalid
 * string is one in the data.
 */
export const participantRefSchema: z.ZodMiniType<ParticipantRef, unknown> = z.pipe(
  z.pipe(
    z.pipe(
      notPromise,
      z.custom<unknown>((value) => problemOfOptions(value) === null, { error: refError }),
    ),
    z.transform(copyOfRef<unknown>),
  ),
  z.pipe(
    notConversation,
    z
      .custom<ParticipantRef>((value) => problemOfRef(value) === null, { error: refError })
      .check(matches((ref) => (isListedParticipant(ref) ? listedParticipant : SCHEMAS[formOf(ref) ?? 'id']))),
  ),
)

/** The form of a reference that is written by hand; undefined if its properties belong to several, or to none. */
export function formOf(ref: object): ParticipantForm | undefined {
  const given = Object.keys(ref).filter((name) => name !== 'provider')
  return FORMS.find(
    (form) => given.length > 0 && given.every((name) => Object.hasOwn(SCHEMAS[form].shape, name)),
  )
}

function refError({ input }: { readonly input?: unknown }): string {
  return problemOfRef(input) ?? ''
}

function problemOfRef(value: unknown): string | null {
  if (problemOfOptions(value) !== null) {
    return `${mustBeOneForm()}; got ${describeInstance(value) ?? describeValue(value)}`
  }
  const ref = Object(value)
  if (isListedParticipant(ref) || formOf(ref) !== undefined) return null
  const names = Object.keys(ref)
  const got = names.length === 0 ? 'an empty object' : `an object with ${names.join(' and ')}`
  return `${mustBeOneForm()}; got ${got}`
}

/** "must be one of { address }, { identity } or { id }" */
function mustBeOneForm(): string {
  const forms = FORMS.map((form) => {
    const { shape }: FormSchema<ParticipantForm> = SCHEMAS[form]
    const required = propertiesOf(form).filter((name) => !z.safeParse(shape[name] ?? part, undefined).success)
    return `{ ${required.join(', ')} }`
  })
  return `must be one of ${listed(forms, 'or')}`
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
