import { boolean, checkOptions, LISTING, type Option, text } from './check.ts'
import type { ProviderOptions } from './provider.ts'
import { record } from './wire.ts'

const BUILT_IN = { twilio: {}, bird: { channelId: text('must be the id of one channel'), reverse: boolean } }

/** What cursors are bound to: what JSON would change or leave out could not tell two queries apart. */
const OWN: Option = [
  'must be an object that JSON can hold as it is',
  (value) => record(value) !== null && isPlainData(value),
]

/**
 * Checks the options of the built-in providers, and takes any that are named after the listing's own one. Returns a
 * copy.
 *
 * @throws ConfigurationError
 */
export function checkProviderOptions(given: ProviderOptions = {}, provider: string): ProviderOptions {
  const shape = { [provider]: OWN, ...BUILT_IN }
  return JSON.parse(JSON.stringify(checkOptions(shape, given, LISTING, ['providerOptions'])))
}

/** The same for all that ask for the same: with what is left out, and with the defaults that are known here. */
export function canonicalOptions({ bird, ...others }: ProviderOptions, provider: string): unknown {
  return { [provider]: {}, ...others, twilio: {}, bird: { reverse: false, ...bird } }
}

function isPlainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return value == null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value)
  // An object of another realm has another Object.prototype.
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
  return isPlain && Object.values(value).every(isPlainData)
}
