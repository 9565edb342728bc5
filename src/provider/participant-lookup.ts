import { type Address, parseAddress, withPrefix } from '../model/address.ts'
import { problemOfAddress, problemOfPhone } from '../model/address-problems.ts'
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
import type { ParticipantFormRules, ParticipantLookup, ParticipantRules } from './participant-rules.ts'
import { unsupportedParticipant } from './unsupported.ts'

/** A participant, as one provider reads it. */
interface Reader {
  /** A text that can be sent; null if it is missing. @throws UnsupportedParticipantError */
  text(name: ParticipantProperty): string | null
  /** The same, for what may be a segment of a path. @throws UnsupportedParticipantError */
  segment(name: ParticipantProperty): string | null
  /** @throws UnsupportedParticipantError for a malformed address */
  address(): Address | null
  /** The addresses of a phone number. @throws UnsupportedParticipantError */
  phone(rule: ParticipantFormRules['phone']): readonly Address[]
  /** @throws UnsupportedParticipantError for an identity that is too long */
  identity(rule: ParticipantFormRules['identity']): string | null
}

/** How each form is looked up, and what it is called in a sentence. */
const FORMS: {
  readonly [Form in ParticipantForm]: {
    /** Returns what to look up; nothing if the participant does not have this form. */
    find(reader: Reader, rule: ParticipantFormRules[Form]): readonly ParticipantLookup<Form>[]
    words(rule: ParticipantFormRules[Form]): readonly string[]
  }
} = {
  phone: {
    find: (reader, rule) => reader.phone(rule).map(lookupOfAddress),
    words: () => ['a phone number'],
  },
  address: {
    find(reader, kinds) {
      const address = reader.address()
      const isFound = address !== null && (kinds === true || kinds.includes(address.kind))
      return isFound ? [lookupOfAddress(address)] : []
    },
    words: (kinds) => (kinds === true ? ['an address'] : kinds.map((kind) => KINDS[kind])),
  },
  identity: {
    find(reader, rule) {
      const value = reader.identity(rule)
      return value === null ? [] : [{ form: 'identity', value, key: keyOf('identity', value) }]
    },
    words: () => ['an identity'],
  },
  id: {
    find(reader) {
      const value = reader.segment('id')
      return value === null ? [] : [{ form: 'id', value, key: keyOf('id', value) }]
    },
    words: () => ['an id'],
  },
  identifier: {
    find(reader) {
      const [identifierKey, value] = [reader.segment('identifierKey'), reader.segment('identifierValue')]
      if (identifierKey === null || value === null) return []
      return [{ form: 'identifier', identifierKey, value, key: keyOf('identifier', identifierKey, value) }]
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

/** What has the same key is looked up once. */
function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts)
}

function lookupOfAddress(address: Address): ParticipantLookup<'address'> {
  const prefixed = withPrefix(address)
  return { form: 'address', ...address, prefixed, key: keyOf('address', prefixed) }
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
  const reader = readerOf(ref, provider)
  for (const form of Object.keys(rules) as F[]) {
    // The ids and identities of other providers mean nothing here.
    if (isForeign && form !== 'address') continue
    const found = FORMS[form].find(reader, rules[form])
    if (found.length > 0) return found
  }
  throw unsupportedParticipant(provider, `must have ${alternatives(rules)}`, ref)
}

function readerOf(ref: ParticipantRef, provider: string): Reader {
  const textOf = (name: ParticipantProperty): string | null => textOrNull(Reflect.get(ref, name))
  const text = (name: ParticipantProperty): string | null => {
    const value = textOf(name)
    const problem = value === null ? null : problemOfText(value)
    if (problem === null) return value
    throw unsupportedParticipant(provider, `${name} ${problem}`, ref)
  }
  return {
    text,
    segment(name) {
      const value = text(name)
      if (value !== '.' && value !== '..') return value
      throw unsupportedParticipant(provider, `${name} must not be "${value}", which cannot be part of a URL`)
    },
    identity(rule) {
      const value = text('identity')
      if (value === null || rule === true || [...value].length <= rule.maxLength) return value
      const problem = `identity must be a string of at most ${rule.maxLength} characters`
      throw unsupportedParticipant(provider, problem, value)
    },
    address() {
      const address = text('address')
      if (address === null) return null
      const channel = textOf('channel')
      // What came from the provider itself is what it has, whatever its form.
      const isOwn = isListedParticipant(ref) && ref.provider === provider
      const problem = isOwn ? null : problemOfAddress(address, channel)
      if (problem === null) return parseAddress(address, channel)
      throw unsupportedParticipant(provider, `address ${problem}`, ref)
    },
    phone(rule) {
      const phone = text('phone')
      if (phone === null) return []
      const problem = problemOfPhone(phone)
      if (problem !== null) throw unsupportedParticipant(provider, `phone ${problem}`, phone)
      const isShared = 'shared' in rule
      const known = isShared ? rule.shared : rule
      const { channels = known, variants = true }: Partial<ParticipantForms['phone']> = Object(ref)
      const wanted = channels.map((channel) => channel.toLowerCase())
      return wanted.flatMap((channel) => {
        if (!known.includes(channel)) {
          throw unsupportedParticipant(provider, `channels must be ${listed(known, 'or')}`, channel)
        }
        const forms = variants ? phoneForms(phone, channel) : [phone]
        // An address that several channels share is that of none of them.
        return forms.map((value): Address => ({ kind: 'phone', value, channel: isShared ? null : channel }))
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
