import { InvalidArgumentError } from 'commander'
import * as z from 'zod/mini'
import { channels } from '../providers/bird/channels.ts'
import { serviceSid } from '../providers/twilio/sids.ts'

/** Splits a value at its commas. */
export function parseList(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

/** Collects the values of an option that may be repeated. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text]
}

/** Collects the values of an option that may be repeated; several may also be separated by commas. */
export function collectFrom<T extends string>(
  choices: readonly T[],
): (text: string, before?: readonly T[]) => T[] {
  return (text, before = []) => {
    const values = parseList(text).map((value) => {
      const choice = choices.find((one) => one === value)
      if (choice === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
      return choice
    })
    return [...new Set([...before, ...values])]
  }
}

export function wholeNumberFrom(min: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= min && Number.isSafeInteger(number)) return number
    throw new InvalidArgumentError(`It must be a whole number of at least ${min}.`)
  }
}

export function parseIdentifier(text: string): { identifierKey: string; identifierValue: string } {
  const [, identifierKey, identifierValue] = /^([^=]+)=(.+)$/s.exec(text) ?? []
  if (identifierKey !== undefined && identifierValue !== undefined) return { identifierKey, identifierValue }
  throw new InvalidArgumentError('It must be key=value, such as phonenumber=+12025550123.')
}

export function parseServiceSid(text: string): string {
  return parseWith(serviceSid, text)
}

/** A channel's id, perhaps with the business's address on it. */
export function collectChannels(
  text: string,
  before: Readonly<Record<string, string | null>> = {},
): Record<string, string | null> {
  const [, id = '', address = null] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? []
  if (Object.hasOwn(before, id)) throw new InvalidArgumentError(`Channel ${id} is passed twice.`)
  parseWith(channels, { [id]: address })
  return { ...before, [id]: address }
}

/** Checks a value as the library does. The schema's message is the end of a sentence. */
function parseWith<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const { data, error } = z.safeParse(schema, value)
  if (error === undefined) return data
  throw new InvalidArgumentError(`It ${error.issues[0]?.message ?? 'is invalid'}.`)
}
