import { type Address, parseAddress, problemOfAddress } from '../model/address.ts'
import { UnsupportedParticipantError } from '../model/errors.ts'
import {
  isListedParticipant,
  type ParticipantForm,
  type ParticipantProperty,
  type ParticipantRef,
} from '../model/participant.ts'
import { textOrNull } from '../model/read.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import type { Lookup } from './provider.ts'

interface Rules {
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
 * `true`; `address` may also be an array of the kinds of addresses: `'phone'`, `'email'`, `'other'`.
 */
export type ParticipantRules<F extends ParticipantForm = ParticipantForm> = {
  readonly [Form in F]: Rules[Form]
}

interface Found {
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
 * `identifierKey` too, and `address` all that `parseAddress()` returns.
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
}

/** How each form is read, and what it is called in a sentence. */
const FORMS: {
  readonly [Form in ParticipantForm]: {
    find(properties: Properties, rule: Rules[Form]): Found[Form] | null
    words(rule: Rules[Form]): readonly string[]
  }
} = {
  address: {
    find({ readAddress }, kinds) {
      const address = readAddress()
      return address !== null && (kinds === true || kinds.includes(address.kind)) ? address : null
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
      return identifierKey === null || value === null ? null : { identifierKey, value }
    },
    words: () => ['an identifierKey with its identifierValue'],
  },
}

const KINDS = { phone: 'a phone number', email: 'an e-mail address', other: 'another address' }

function wrapped(value: string | null): { value: string } | null {
  return value === null ? null : { value }
}

/**
 * Finds what to look up for a participant.
 *
 * @throws UnsupportedParticipantError
 */
export function participantLookup<F extends ParticipantForm>(
  provider: string,
  rules: ParticipantRules<F>,
  ref: ParticipantRef,
): ParticipantLookup<F> {
  const isForeign = isListedParticipant(ref) && ref.provider !== provider
  const properties = propertiesOf(ref, provider)
  for (const form of Object.keys(rules) as F[]) {
    // The ids and identities of other providers mean nothing here.
    if (isForeign && form !== 'address') continue
    const found = FORMS[form].find(properties, rules[form])
    if (found === null) continue
    const parts = { form, ...found }
    // The compiler does not see that what a form finds is of that form.
    return { ...parts, key: JSON.stringify(parts) } as unknown as ParticipantLookup<F>
  }
  throw unsupportedParticipant(provider, `must have ${alternatives(rules)}`, ref)
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
  }
}

/** "an id, a phone number or an e-mail address" */
function alternatives<F extends ParticipantForm>(rules: ParticipantRules<F>): string {
  const words = (Object.keys(rules) as F[]).flatMap((form) => FORMS[form].words(rules[form]))
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
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
  const address = textOrNull(Reflect.get(ref, 'address'))
  if (address !== null) return describeValue(address)
  if (isListedParticipant(ref)) return `a participant of ${ref.provider} without an address`
  return Object.keys(ref)
    .filter((name) => name !== 'provider')
    .join(', ')
}
