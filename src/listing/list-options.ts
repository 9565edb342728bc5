import * as z from 'zod/mini'
import { CONVERSATION_STATUSES, type ConversationStatus } from '../model/conversation.ts'
import type { Signal } from '../model/platform-types.ts'
import { recordOrNull } from '../model/read.ts'
import { ownProperties } from '../options/own-properties.ts'
import { type OptionsSource, optionsError, problemsOf } from '../options/parse-options.ts'
import {
  boolean,
  matches,
  objectWith,
  optionsSchema,
  type ShapeOf,
  text,
  wholeNumber,
} from '../options/schemas.ts'
import { pathOf, type Schema, validate } from '../options/standard-schema.ts'
import { providerSchema } from '../provider/check-provider.ts'
import { participantSchema } from '../provider/participant-schema.ts'
import type {
  ConversationProvider,
  ParticipantOf,
  ProviderOptions,
  ProviderOptionsOf,
} from '../provider/provider.ts'

/** What to list. */
export interface ListOptions<P extends ConversationProvider = ConversationProvider> {
  /** Where to look: `twilio()`, `bird()`, or an adapter of your own. */
  provider: P
  /** Whose conversations. Its type follows the provider. */
  participant: ParticipantOf<P>
  /** Only conversations with this status, or with one of these. Default: all. */
  status?: ConversationStatus | readonly ConversationStatus[] | undefined
  /** How many conversations in all; 0 requests nothing. Default: no limit. */
  limit?: number | undefined
  /** How many conversations to request at once; at most, and by default, the provider's maximum (Twilio 50, Bird 100). */
  pageSize?: number | undefined
  /** Continue where an earlier page (`nextCursor`), or an error (`cursor`), left off. The query must be the same. */
  cursor?: string | undefined
  /** Request the next page while this one is worked on. Default: false. */
  prefetch?: boolean | undefined
  /** Stops the listing, and a request in flight; its `reason` is thrown. */
  signal?: Signal | undefined
  /** Options that only one provider knows, by its name. Others ignore them. */
  providerOptions?: ProviderOptionsOf<P> | undefined
}

/** Where the options of a listing are given. */
const LISTING: OptionsSource = { call: 'listParticipantConversations()' }

const STATUS = `must be one of ${CONVERSATION_STATUSES.join(', ')}, or an array of them`
const status = z.enum(CONVERSATION_STATUSES, STATUS)
const statuses = z.array(status, STATUS).check(z.refine((list) => list.length > 0, STATUS))

const PLAIN = 'must be an object that JSON can hold as it is'

/** What JSON would change or leave out could not tell two queries of a cursor apart. */
const plainOptions = z.custom<object>((value) => recordOrNull(value) !== null && isPlainData(value), PLAIN)

const channel = text('must be the id of one channel, or an array of them')
const CHANNELS = 'must have at least one channel, and each once'
const channels = z
  .array(channel)
  .check(z.refine((ids) => ids.length > 0 && new Set(ids).size === ids.length, CHANNELS))

const builtInOptions = {
  twilio: z.optional(optionsSchema<object>({})),
  bird: z.optional(
    optionsSchema<NonNullable<ProviderOptions['bird']>>({
      channelId: z.optional(
        z
          .custom<string | readonly string[]>()
          .check(matches((value) => (Array.isArray(value) ? channels : channel))),
      ),
      reverse: z.optional(boolean),
    }),
  ),
}

/** The options of the built-in providers, and those that are named after the listing's own. */
function providerOptionsFor({ name, sourceNames = [name] }: ConversationProvider): Schema {
  const own = Object.fromEntries(sourceNames.map((name) => [name, z.optional(plainOptions)]))
  return z.strictObject({ ...own, ...builtInOptions }, 'must be an object')
}

const shape: ShapeOf<ListOptions> = {
  provider: providerSchema,
  participant: participantSchema,
  status: z.optional(
    z
      .custom<ConversationStatus | readonly ConversationStatus[]>()
      .check(matches((value) => (Array.isArray(value) ? statuses : status))),
  ),
  limit: z.optional(wholeNumber(0)),
  pageSize: z.optional(wholeNumber(1)),
  cursor: z.optional(z.string('must be a string')),
  prefetch: z.optional(boolean),
  signal: z.optional(objectWith<AbortSignal>('must be an AbortSignal', 'aborted', 'addEventListener')),
  providerOptions: z.optional(z.custom<ProviderOptions>()),
}

const NAMES = [
  ...Object.keys(shape),
  ...['twilio', 'bird', 'bird.channelId', 'bird.reverse'].map((name) => `providerOptions.${name}`),
]

const listOptions = optionsSchema<ListOptions>(shape).check(
  z.superRefine(({ provider, providerOptions }, context) => {
    if (providerOptions === undefined) return
    const { issues = [] } = validate(providerOptionsFor(provider), providerOptions)
    for (const issue of issues) {
      context.addIssue({ ...issue, code: 'custom', path: ['providerOptions', ...pathOf(issue)] })
    }
  }),
)

/**
 * Checks the options of a listing and returns a copy.
 *
 * @throws ConfigurationError if the code that calls is wrong, UnsupportedParticipantError if only the data is
 */
export function parseListOptions(given: ListOptions): ListOptions {
  const options = ownProperties(given)
  const result = validate(listOptions, options)
  if (result.issues !== undefined)
    throw optionsError(LISTING, problemsOf(result.issues, options, { ...LISTING, names: NAMES }))
  const { providerOptions = {}, ...checked } = result.value
  // A copy that JSON makes is deep.
  return { ...checked, providerOptions: JSON.parse(JSON.stringify(providerOptions)) }
}

function isPlainData(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value == null || Number.isFinite(value) || /^(string|boolean)$/.test(typeof value)
  }
  // An object of another realm has another Object.prototype.
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
  return isPlain && Object.values(value).every(isPlainData)
}
