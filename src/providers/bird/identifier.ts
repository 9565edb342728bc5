import { type Address, addressOrNull, type ChannelType } from '../../adapter.ts'

/** The keys of identifiers that are addresses, which other providers can look up too. */
export const IDENTIFIER_KEYS: { readonly [Kind in Exclude<Address['kind'], 'other'>]: string } = {
  phone: 'phonenumber',
  email: 'emailaddress',
  whatsappUserId: 'whatsappbsuid',
}

/** The beginnings of keys that belong to one channel. A phone number may belong to any of several. */
const CHANNELS: readonly (readonly [string, ChannelType])[] = [
  ['emailaddress', 'email'],
  ['whatsapp', 'whatsapp'],
  ['facebookid', 'messenger'],
  ['applebc', 'apple'],
]

/** Returns the channel of an identifier; null if its key does not say. */
export function channelOfKey(key: string | null): ChannelType | null {
  return CHANNELS.find(([beginning]) => key?.startsWith(beginning))?.[1] ?? null
}

const addressKeys = /* @__PURE__ */ new Set<string | null>(Object.values(IDENTIFIER_KEYS))

/** Whether the values of a key are addresses. */
export function isAddressKey(key: string | null): boolean {
  return addressKeys.has(key)
}

/** Whether two values of a key mean the same. Bird may spell an e-mail address in another case. */
export function isSameValue(key: string, left: string, right: string): boolean {
  return key === IDENTIFIER_KEYS.email
    ? left.toLowerCase() === right.toLowerCase()
    : withPlus(key, left) === withPlus(key, right)
}

/** Returns the address that an identifier is; null for the id of one channel. */
export function addressOfIdentifier(key: string | null, value: string): string | null {
  if (isAddressKey(key)) return withPlus(key, value)
  return key === null ? addressOrNull(value) : null
}

/** Bird sends some phone numbers without their "+". Other values are returned as they are. */
function withPlus(key: string | null, value: string): string {
  return (key === IDENTIFIER_KEYS.phone ? addressOrNull(`+${value}`) : null) ?? value
}
