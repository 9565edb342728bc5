import * as z from 'zod/mini'
import { problemOfAddress, splitPrefix } from '../../adapter.ts'

/** One channel id, several, or an object with the business's address of each; null if it is unknown. */
export type BirdChannels = string | readonly string[] | Readonly<Record<string, string | null>>

const IDS = 'must be a channel id, or an array of them without duplicates'
const CHANNELS = `${IDS}, or an object with the address of each`

/** One channel id, or several. */
export const channelIds: z.ZodMiniType<string | readonly string[]> = z
  .custom<string | readonly string[]>()
  .check(z.refine((given) => areChannelIds([given].flat()), IDS))

/** Channel ids, optionally with addresses. */
export const channels: z.ZodMiniType<BirdChannels> = z.custom<BirdChannels>().check(
  z.superRefine((given, context) => {
    const addresses = z.safeParse(plainRecord, given).data
    if (!areChannelIds(addresses === undefined ? [given].flat() : Object.keys(addresses))) {
      context.addIssue({ code: 'custom', message: CHANNELS })
    }
    for (const [id, address] of Object.entries(addresses ?? {})) {
      const message = problemOf(address)
      if (message !== null) context.addIssue({ code: 'custom', path: [id], message })
    }
  }),
)

const plainRecord = z.record(z.string(), z.unknown())

/** A channel that is listed twice, in whatever case, would yield its conversations twice. */
function areChannelIds(ids: readonly unknown[]): boolean {
  const areIds = ids.every((id) => typeof id === 'string' && /^[^\s,=]+$/.test(id))
  return areIds && ids.length > 0 && new Set(ids.map((id) => String(id).toLowerCase())).size === ids.length
}

/** In another form than that of the model, an address would be equal to none. */
function problemOf(address: unknown): string | null {
  if (address === null) return null
  return typeof address === 'string' ? problemOfAddress(address, null) : 'must be an address or null'
}

export function idsOf(given: BirdChannels): readonly string[] {
  return typeof given === 'string' ? [given] : Array.isArray(given) ? given : Object.keys(given)
}

/** Returns the business's address of a channel, without a prefix; null if it is unknown. */
export function businessAddressesOf(given: BirdChannels): (channelId: string | null) => string | null {
  const addresses = new Map<string, string | null>()
  if (typeof given === 'object' && !Array.isArray(given)) {
    for (const [id, address] of Object.entries(given)) {
      addresses.set(id.toLowerCase(), address === null ? null : splitPrefix(address).value)
    }
  }
  return (channelId) => addresses.get(channelId?.toLowerCase() ?? '') ?? null
}

/**
 * Reads channels from an environment variable: `7c1d…`, `7c1d…=+12025550100`, or several with commas in between. Commas may
 * have whitespace around them, and one may follow the last channel.
 */
export function channelsIn(variable: string | undefined): BirdChannels | undefined {
  const entries = (variable ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => /^([^=]*)(?:=(.*))?$/s.exec(entry) ?? [])
    .map(([, id = '', address = null]) => [id, address] as const)
  const ids = entries.map(([id]) => id)
  // An object would hide an id that is there twice.
  const isDistinct = new Set(ids).size === ids.length
  if (isDistinct && entries.some(([, address]) => address !== null)) return Object.fromEntries(entries)
  return ids.length > 1 ? ids : ids[0]
}
