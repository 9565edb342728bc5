import * as z from 'zod/mini'
import { httpPaths } from '../http/http-options.ts'
import { CONVERSATION_STATUSES, type ConversationStatus } from '../model/conversation.ts'
import type { Signal } from '../model/platform-types.ts'
import { textOrNull } from '../model/read.ts'
import { ownProperties } from '../options/own-properties.ts'
import { type OptionsSource, optionsError, problemsOf } from '../options/parse-options.ts'
import { plainObject } from '../options/plain-object.ts'
import {
  boolean,
  matches,
  objectWith,
  optionsSchema,
  type ShapeOf,
  text,
  wholeNumber,
} from '../options/schemas.ts'
import { pathOf, type Schema, validate, valueAt } from '../options/standard-schema.ts'
import type { OptionsElsewhere } from '../options/suggestions.ts'
import { providerSchema } from '../provider/check-provider.ts'
import { participantRefSchema } from '../provider/participant-schema.ts'
import type {
  ConversationProvider,
  InvalidConversation,
  ParticipantOf,
  ProviderOptions,
  ProviderOptionsOf,
} from '../provider/provider.ts'

/** What to list. */
export interface ListOptions<P extends ConversationProvider = ConversationProvider> {
  /** Where to look: `twilio()`, `bird()` or a custom adapter. */
  provider: P
  /** Whose conversations. Its type follows the provider. */
  participant: ParticipantOf<P>
  /** Only conversations with this status, or with one of these. Default: all conversations. */
  status?: ConversationStatus | readonly ConversationStatus[] | undefined
  /** The maximum number of conversations to list. 0 sends no request. Default: no limit. */
  limit?: number | undefined
  /**
   * How many conversations to request at once; at most, and by default, the provider's maximum (Twilio 50, Bird 100). The
   * first request after a cursor may be larger, since it must include what comes before its place in the page.
   */
  pageSize?: number | undefined
  /**
   * Continue where an earlier page (`nextCursor`) or an error (`cursor`) left off. The query must be the same; `limit`
   * and `pageSize` may differ. null, the default, starts from the beginning.
   */
  cursor?: string | null | undefined
  /**
   * Encrypts and authenticates cursors, so that nobody without the secret can read, change or make one up. A random
   * string of at least 32 characters, such as the output of `openssl rand -base64 32`; or several, to rotate them: the
   * first encrypts, all of them decrypt. Cursors are then checked when the listing is iterated, not when it is created,
   * since Web Crypto is asynchronous. Default: cursors can be read, but contain no address and no secret.
   */
  cursorSecret?: string | readonly string[] | undefined
  /**
   * What to do about a conversation that cannot be used because it has no id. `'throw'` ends the listing with a
   * `ResponseValidationError`, `'skip'` omits the conversation, and a function is called, and awaited, before it is
   * omitted. A page that is requested again, such as from a cursor, reports its invalid conversations again. Default:
   * `'throw'`.
   *
   * @example
   * const list = listParticipantConversations({
   *   provider,
   *   participant,
   *   onInvalidConversation: ({ error, raw }) => log.warn(error.message, raw),
   * })
   */
  onInvalidConversation?: 'throw' | 'skip' | ((invalid: InvalidConversation) => unknown) | undefined
  /** Request the next page while the current one is being handled. Default: false. */
  prefetch?: boolean | undefined
  /** Stops the listing and any request in flight. Its `reason` is thrown. */
  signal?: Signal | undefined
  /** Options that only one provider has, under its name. Other providers ignore them. */
  providerOptions?: ProviderOptionsOf<P> | undefined
}

/** The call that takes these options. */
const LISTING: OptionsSource = { call: 'listParticipantConversations()', secrets: ['cursorSecret'] }

const STATUS = `must be one of ${CONVERSATION_STATUSES.join(', ')}, or an array of them`
const status = z.enum(CONVERSATION_STATUSES, STATUS)
const statuses = z.array(status, STATUS).check(z.refine((list) => list.length > 0, STATUS))

const MIN_SECRET_LENGTH = 32

const SECRET = `must be a random string of at least ${MIN_SECRET_LENGTH} characters, or an array of them`
const secret = z.string(SECRET).check(z.minLength(MIN_SECRET_LENGTH, SECRET))
const secrets = z.array(secret, SECRET).check(z.minLength(1, SECRET))

const channel = text('must be a channel id, or an array of them', /^[^\s,]+$/)
const CHANNELS = 'must have at least one channel, without duplicates'
const channels = z.array(channel).check(
  z.refine((ids) => {
    const different = new Set(ids.map((id) => id.toLowerCase()))
    return ids.length > 0 && different.size === ids.length
  }, CHANNELS),
)

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

/** The options of the built-in providers and of the listing's own. Cursors distinguish queries by them, as JSON. */
function providerOptionsFor({ name, sourceNames = [name] }: ConversationProvider): Schema {
  const own = Object.fromEntries(sourceNames.map((name) => [name, z.optional(plainObject)]))
  return z.strictObject({ ...own, ...builtInOptions }, 'must be an object')
}

const shape: ShapeOf<ListOptions> = {
  provider: providerSchema,
  participant: participantRefSchema,
  status: z.optional(
    z
      .custom<ConversationStatus | readonly ConversationStatus[]>()
      .check(matches((value) => (Array.isArray(value) ? statuses : status))),
  ),
  limit: z.optional(wholeNumber(0)),
  pageSize: z.optional(wholeNumber(1)),
  cursor: z.nullish(z.string('must be a string')),
  cursorSecret: z.optional(
    z.custom<string | readonly string[]>().check(
      matches((value) => (Array.isArray(value) ? secrets : secret)),
      z.refine(
        () => globalThis.crypto?.subtle !== undefined,
        'requires Web Crypto, which is not available here',
      ),
    ),
  ),
  onInvalidConversation: z.optional(
    z.custom<NonNullable<ListOptions['onInvalidConversation']>>(
      (value) => value === 'throw' || value === 'skip' || typeof value === 'function',
      `must be 'throw', 'skip' or a function`,
    ),
  ),
  prefetch: z.optional(boolean),
  signal: z.optional(objectWith<AbortSignal>('must be an AbortSignal', 'aborted', 'addEventListener')),
  providerOptions: z.optional(z.custom<ProviderOptions>()),
}

const NAMES = [
  ...Object.keys(shape),
  ...['address', 'identity'].map((name) => `participant.${name}`),
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
 * @throws ConfigurationError if the calling code is wrong, UnsupportedParticipantError if only its data is
 */
export function parseListOptions(given: ListOptions): ListOptions {
  const options = ownProperties(given)
  const result = validate(listOptions, options)
  if (result.issues !== undefined)
    throw optionsError(
      LISTING,
      problemsOf(result.issues, options, { ...LISTING, names: NAMES, elsewhere: optionsOf(options) }),
    )
  const { providerOptions = {}, ...checked } = result.value
  // A deep copy, in which no object inherits anything.
  const copy = JSON.parse(JSON.stringify(providerOptions), (_name, value) => ownProperties(value))
  return ownProperties({ ...checked, providerOptions: copy })
}

/** The options of the provider, which are often passed to the listing by mistake. */
function optionsOf(options: unknown): OptionsElsewhere {
  const name = textOrNull(valueAt(options, ['provider', 'name']))
  return { owner: 'the provider', call: name ?? 'twilio', names: httpPaths }
}
