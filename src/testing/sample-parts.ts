import { dateOrNull } from '../model/read.ts'
import type { Random } from './random.ts'

/** Calls `make` with the participant's address or identity `count` times, and in between with those of other people. */
export function mixedWithOthers<T>(
  { name, count, otherName }: { name: string; count: number; otherName: () => string },
  make: (name: string) => T,
): T[] {
  const conversations: T[] = []
  for (let made = 1; made <= count; made++) {
    conversations.push(make(name))
    if (made % 4 === 0) conversations.push(make(otherName()))
  }
  return conversations
}

/** Returns the identity of another chat user. */
export function otherIdentity(random: Random): string {
  return `customer-${random.hex(8)}`
}

/** Returns another address of the same kind. */
export function otherAddress(address: string, random: Random): string {
  const number = random.integer(10, 99)
  const isEmail = address.includes('@')
  const prefix = isEmail ? '' : (/^[a-z]+:/.exec(address)?.[0] ?? '')
  const numbered = (number: number): string =>
    isEmail ? `customer${number}@example.com` : `${prefix}+120255501${number}`
  const other = numbered(number)
  return other === address ? numbered(number === 99 ? 10 : number + 1) : other
}

export function attributes(random: Random): Record<string, unknown> {
  return {
    priority: random.pick(['low', 'normal', 'high']),
    ticket: random.integer(1000, 9999),
    tags: [random.pick(['billing', 'delivery', 'returns'])],
  }
}

/** When a conversation was created and last changed. A date that is not known precedes or follows the one that is. */
export function dates(
  random: Random,
  known: { created?: unknown; updated?: unknown } = {},
): { created: Date; updated: Date } {
  const someday = Date.UTC(2024, random.integer(0, 11), random.integer(1, 28)) + random.integer(0, 86_399_999)
  const age = random.integer(0, 30 * 86_400_000)
  const updated = dateOrNull(known.updated)
  const created = dateOrNull(known.created) ?? new Date(updated ? updated.getTime() - age : someday)
  return { created, updated: updated ?? new Date(created.getTime() + age) }
}

export function later(date: Date, days: number): string {
  return withoutMilliseconds(new Date(date.getTime() + days * 86_400_000))
}

export function withoutMilliseconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Where customers write to. */
export const BUSINESS_NUMBER = '+12025550100'
export const BUSINESS_EMAIL = 'support@example.com'

export const subjects = [
  'Where is my order?',
  'Wrong size, please exchange',
  'Change of address',
  'Fällt die Lieferung aus?',
  'Thanks 🎉',
] as const
export const previews = [
  'On its way.',
  'Could you check again, please?',
  'Perfect 🙏',
  'Merci !',
  '',
] as const
export const agents = ['Robin', 'Kim', 'Alex'] as const
export const customers = ['Sample Customer', 'Test Person', 'Jo Example'] as const
