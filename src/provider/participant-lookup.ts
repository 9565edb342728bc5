import { type Address, parseAddress } from '../model/address.ts'
import { problemOfAddress, problemOfPhone } from '../model/address-problems.ts'
import type { ChannelType } from '../model/conversation.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import { listed } from '../model/message.ts'
import {
  isListedParticipant,
  type ParticipantForm,
  type ParticipantForms,
  type ParticipantProperty,
  type ParticipantRef,
} from '../model/participant.ts'
import { phoneForms } from '../model/phone-variants.ts'
import { textOrNull } from '../model/read.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import type { Lookup } from './provider.ts'

interface Rules {
  /** The channels on which a number has an address, in the order in which to look them up. */
  phone: readonly ChannelType[]
  /** Any address, or those of these kinds. */
  address: true | readonly Address['kind'][]
  /** The identity of a chat user. */
  identity: true
  /** An id. */
  id: true
  /** A key and its value. */
  identifier: true
}

/**
 * Which forms of participants an adapter looks up. Of several that a participant has, the first one counts. Each form is
 * `true`, except for two: `phone` is an array of the channels on which a phone number can be looked up, and `address` may
 * also be an array of the kinds of addresses: `'phone'`, `'email'`, `'whatsappUserId'`, `'other'`.
 */
export type ParticipantRules<F extends ParticipantForm = ParticipantForm> = {
  readonly [Form in F]: Rules[Form]
}

interface Found {
  phone: Address
  address: Address
  identity: {
    /** The identity. */
    readonly value: string
  }
  id: {
    /** The id. */
    readonly value: string
  }
  identifier: {
    /** The key of the identifier. */
    readonly identifierKey: string
    /** The identifier. */
    readonly value: string
  }
}

/**
 * What to look up for a participant: the one form of it that counts. Each form has a `value`; `identifier` has its
 * `identifierKey` too, and `address` all that `parseAddress()` returns. A `phone` is looked up once for each channel and each
 * form of the number, as if it were an `address`.
 */
export type ParticipantLookup<F extends ParticipantForm = ParticipantForm> = {
  [Form in F]: Lookup &
    Found[Form] & {
      /** Which form it is. */
      readonly form: Form
    }
}[F]

/** The properties of a reference, whatever its form. */
interface Properties {
  /** A text that can be sent; null if it is missing. @throws UnsupportedParticipantError */
  read(name: ParticipantProperty): string | null
  /** @throws UnsupportedParticipantError for a malformed address */
  readAddress(): Address | null
  /** The addresses of a phone number on these channels. @throws UnsupportedParticipantError */
  readPhone(channels: readonly ChannelType[]): readonly Address[]
}

/** How each form is read, and what it is called in a sentence. */
const FORMS: {
  readonly [Form in ParticipantForm]: {
    /** Returns what to look up; nothing if the participant does not have this form. */
    find(properties: Properties, rule: Rules[Form]): readonly Found[Form][]
    words(rule: Rules[Form]): readonly string[]
  }
} = {
  phone: {
    find: ({ readPhone }, channels) => readPhone(channels),
    words: () => ['a phone number'],
  },
  address: {
    find({ readAddress }, kinds) {
      const address = readAddress()
      return address !== null && (kinds === true || kinds.includes(address.kind)) ? [address] : []
    },
    words: (kinds) => (kinds === true ? ['an address'] : kinds.map((kind) => KINDS[kind])),
  },
  identity: {
    find: ({ read }) => wrapped(read('identity')),
    words: () => ['an identity'],
  },
  id: {
    find: ({ read }) => wrapped(read('id')),
    words: () => ['an id'],
  },
  identifier: {
    find({ read }) {
      const [identifierKey, value] = [read('identifierKey'), read('identifierValue')]
      return identifierKey === null || value === null ? [] : [{ identifierKey, value }]
    },
    words: () => ['an identifierKey with its identifierValue'],
  },
}

const KINDS: { readonly [Kind in Address['kind']]: string } = {
  phone: 'a phone number',
  email: 'an e-mail address',
  whatsappUserId: 'the id of a WhatsApp user',
  other: 'another address',
}

function wrapped(value: string | null): { value: string }[] {
  return value === null ? [] : [{ value }]
}

/**
 * Finds what to look up for a participant, at least one.
 *
 * @throws UnsupportedParticipantError
 */
export function participantLookups<F extends ParticipantForm>(
  provider: string,
  rules: ParticipantRules<F>,
  ref: ParticipantRef,
): readonly ParticipantLookup<F>[] {
  const isForeign = isListedParticipant(ref) && ref.provider !== provider
  const properties = propertiesOf(ref, provider)
  for (const form of Object.keys(rules) as F[]) {
    // The ids and identities of other providers mean nothing here.
    if (isForeign && form !== 'address') continue
    const found = FORMS[form].find(properties, rules[form])
    if (found.length > 0) return found.map((parts) => lookupOf(form, parts))
  }
  throw unsupportedParticipant(provider, `must have ${alternatives(rules)}`, ref)
}

function lookupOf<F extends ParticipantForm>(form: F, found: Found[F]): ParticipantLookup<F> {
  const parts = { form, ...found }
  // The compiler does not see that what a form finds is of that form.
  return { ...parts, key: JSON.stringify(parts) } as unknown as ParticipantLookup<F>
}

function propertiesOf(ref: ParticipantRef, provider: string): Properties {
  const textOf = (name: ParticipantProperty): string | null => textOrNull(Reflect.get(ref, name))
  const read = (name: ParticipantProperty): string | null => {
    const text = textOf(name)
    const problem = text === null ? null : problemOfText(text)
    if (problem === null) return text
    throw unsupportedParticipant(provider, `${name} ${problem}`, ref)
  }
  return {
    read,
    readAddress() {
      const address = read('address')
      if (address === null) return null
      const channel = textOf('channel')
      // What came from the provider itself is what it has, whatever its form.
      const isOwn = isListedParticipant(ref) && ref.provider === provider
      const problem = isOwn ? null : problemOfAddress(address, channel)
      if (problem === null) return parseAddress(address, channel)
      throw unsupportedParticipant(provider, `address ${problem}`, ref)
    },
    readPhone(known) {
      const phone = read('phone')
      if (phone === null) return []
      const problem = problemOfPhone(phone)
      if (problem !== null) throw unsupportedParticipant(provider, `phone ${problem}`, phone)
      const { channels = known, variants = true }: Partial<ParticipantForms['phone']> = Object(ref)
      return channels
        .map((name) => name.toLowerCase())
        .flatMap((channel) => {
          if (!known.includes(channel)) {
            const problem = `channels must be ${listed(known, 'or')}`
            throw unsupportedParticipant(provider, problem, channel)
          }
          const forms = variants ? phoneForms(phone, channel) : [phone]
          return forms.map((value): Address => ({ kind: 'phone', value, channel }))
        })
    },
  }
}

/** "an id, a phone number or an e-mail address" */
function alternatives<F extends ParticipantForm>(rules: ParticipantRules<F>): string {
  const words = (Object.keys(rules) as F[]).flatMap((form) => FORMS[form].words(rules[form]))
  // A phone number may be one on every channel, or an address.
  return listed([...new Set(words)], 'or')
}

/**
 * The error for a participant that a provider cannot look up.
 *
 * @param problem - the end of a sentence that starts with "participant"
 * @param got - the participant, or the invalid part of it, to be shown
 * @example
 * throw unsupportedParticipant('example', 'must have an id', participant)
 */
export function unsupportedParticipant(
  provider: string,
  problem: string,
  got?: ParticipantRef | string,
): UnsupportedParticipantError {
  const end =
    got === undefined ? '' : `; got ${typeof got === 'string' ? describeValue(got) : describeRef(got)}`
  return new UnsupportedParticipantError(`${provider}: participant ${problem}${end}`, { provider })
}

function describeRef(ref: ParticipantRef): string {
  const address = textOrNull(Reflect.get(ref, 'phone')) ?? textOrNull(Reflect.get(ref, 'address'))
  if (address !== null) return describeValue(address)
  if (isListedParticipant(ref)) return `a participant of ${ref.provider} without an address`
  return Object.keys(ref)
    .filter((name) => name !== 'provider')
    .join(', ')
}
