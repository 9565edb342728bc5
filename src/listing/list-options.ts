import * as z from 'zod/mini'
import { httpPaths } from '../http/http-options.ts'
import { CONVERSATION_STATUSES, type ConversationStatus } from '../model/conversation.ts'
import type { ConversationsError } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import type { Signal } from '../model/platform-types.ts'
import { COMPLETE, type OptionsSource, optionsError, problemsOf } from '../options/parse-options.ts'
import { problemOfOptions, withoutPrototype } from '../options/plain-options.ts'
import {
  boolean,
  callback,
  matches,
  objectWith,
  optionsSchema,
  type ShapeOf,
  wholeNumber,
} from '../options/schemas.ts'
import { validate } from '../options/standard-schema.ts'
import { providerSchema } from '../provider/check-provider.ts'
import { copyOfRef, PARTICIPANT_PROPERTIES, participantRefSchema } from '../provider/participant-forms.ts'
import type { ConversationProvider, InvalidConversation } from '../provider/provider.ts'
import type {
  ConversationOf,
  ParticipantOf,
  ProviderOptionsOf,
  SomeParticipantOf,
} from '../provider/provider-types.ts'
import type { DecisionOption } from './decisions.ts'
import { optionNamesOf, readProviderOptions } from './provider-options.ts'
import type { FailedSource } from './sources.ts'

/** What to list. */
export interface ListOptions<P extends ConversationProvider = ConversationProvider> {
  /** Where to look: `twilio()`, `bird()` or a custom adapter; or several, which are listed one after the other. */
  provider: P | readonly P[]
  /**
   * Whose conversations to list: a participant that every provider can look up, or an array, such as the addresses of one
   * person. Of an array, each provider lists those that it can look up, and a conversation that several of them find is returned
   * once.
   */
  participant: ParticipantOf<P> | readonly SomeParticipantOf<P>[]
  /** Only conversations with this status, or with one of these. Default: all conversations. */
  status?: ConversationStatus | readonly ConversationStatus[] | undefined
  /** Returns whether a conversation is wanted. Called after `status`; `limit`, `first()` and cursors count what passes. */
  filter?: ((conversation: ConversationOf<P>) => boolean | null | undefined) | undefined
  /** The maximum number of conversations to list. 0 sends no request. Default: no limit. */
  limit?: number | undefined
  /**
   * How many conversations to request at once; at most, and by default, the provider's maximum (Twilio 50, Bird 100). The
   * first request after a cursor may be larger, because it includes the conversations of its page that are already done.
   */
  pageSize?: number | undefined
  /**
   * Continue where an earlier page (`nextCursor`) or an error (`cursor`) left off. The query must be the same; `limit`,
   * `pageSize` and `filter` may differ. null, the default, starts from the beginning. If the cursor cannot be used, reading the
   * listing rejects with an `InvalidCursorError`.
   */
  cursor?: string | null | undefined
  /**
   * Encrypts and authenticates cursors, so that nobody without the secret can read, change or make one up. A random
   * string of at least 32 characters, such as the output of `openssl rand -base64 32`; or several, to rotate them: the
   * first encrypts, all of them decrypt. Default: cursors can be read, but contain no address and no secret.
   */
  cursorSecret?: string | readonly string[] | undefined
  /** Request the next page while the current one is being handled. Default: false. */
  prefetch?: boolean | undefined
  /**
   * The maximum number of sources whose first page is requested at once. A source is one lookup in one list of a provider, such
   * as an address on Twilio, or a contact in a channel on Bird. The order of the conversations stays the same. With 1, the first
   * page of a source is requested after the source before it has ended. Default: 4.
   */
  concurrency?: number | undefined
  /** Stops the listing and any request in flight. Its `reason` is thrown. */
  signal?: Signal | undefined
  /**
   * What to do when a source fails, after its retries. `'throw'` ends the listing with the error; `'skip'` omits the rest of
   * the source and continues with the next one; a function returns one of the two. The cursor of the error is where the source
   * failed. The function is also called, when the listing is created, for a provider that can look up none of the participants;
   * that error has no cursor. Default: `'throw'`.
   *
   * @example
   * const missing: string[] = []
   * const list = listParticipantConversations({
   *   provider: [twilio(), bird()],
   *   participant,
   *   onSourceError(error, source) {
   *     missing.push(source.provider.name)
   *     return error.isRetryable ? 'skip' : 'throw'
   *   },
   * })
   */
  onSourceError?: DecisionOption<[error: ConversationsError, source: FailedSource<P>]> | undefined
  /**
   * What to do with a conversation that cannot be used because it has no id. `'throw'` makes its source fail with a
   * `ResponseValidationError`; `'skip'` omits the conversation; a function returns one of the two. If a page is requested again,
   * such as from a cursor, the function is called again for its invalid conversations. Default: `'throw'`.
   *
   * @example
   * const list = listParticipantConversations({
   *   provider,
   *   participant,
   *   onInvalidConversation({ error }) {
   *     log.warn({ err: error }, 'skipped an invalid conversation')
   *     return 'skip'
   *   },
   * })
   */
  onInvalidConversation?: DecisionOption<[invalid: InvalidConversation]> | undefined
  /** Options of one provider for this listing, under its name: `{ bird: { reverse: true } }`. Default: none. */
  providerOptions?: ProviderOptionsOf<P> | undefined
}

/** The options, checked. */
export interface CheckedListOptions
  extends Omit<ListOptions, 'provider' | 'participant' | 'providerOptions'> {
  readonly providers: readonly ConversationProvider[]
  readonly participants: readonly ParticipantRef[]
  /** The options of each provider for this listing. */
  readonly optionsOf: (provider: ConversationProvider) => object
}

/** The call that takes these options. */
const LISTING: OptionsSource = { call: 'listParticipantConversations()', secrets: ['cursorSecret'] }

const STATUS = `must be one of ${CONVERSATION_STATUSES.join(', ')}, or an array of them`
const status = z.enum(CONVERSATION_STATUSES, STATUS)

const MIN_SECRET_LENGTH = 32

const SECRET = `must be a random string of at least ${MIN_SECRET_LENGTH} characters, or an array of them`
const secret = z.string(SECRET).check(z.minLength(MIN_SECRET_LENGTH, SECRET))

/** One value, or an array of at least one. */
function oneOrMore<T>(schema: z.ZodMiniType, error: string): z.ZodMiniType<T> {
  const several = z.array(schema, error).check(z.minLength(1, error))
  return z.custom<T>().check(matches((value) => (Array.isArray(value) ? several : schema)))
}

function decision<T extends DecisionOption<never>>(): z.ZodMiniType<T> {
  return z.custom<T>(
    (value) => value === 'throw' || value === 'skip' || typeof value === 'function',
    `must be 'throw', 'skip' or a function`,
  )
}

/** What the library uses of a signal. */
const SIGNAL_PROPERTIES = ['aborted', 'addEventListener', 'removeEventListener']

const shape: ShapeOf<ListOptions> = {
  provider: oneOrMore<ListOptions['provider']>(
    providerSchema,
    'must be a provider, or an array of at least one',
  ),
  participant: oneOrMore<ListOptions['participant']>(
    participantRefSchema,
    'must be a participant, or an array of at least one',
  ),
  status: z.optional(oneOrMore<ConversationStatus | readonly ConversationStatus[]>(status, STATUS)),
  filter: z.optional(callback<NonNullable<ListOptions['filter']>>()),
  limit: z.optional(wholeNumber(0)),
  pageSize: z.optional(wholeNumber(1)),
  cursor: z.nullish(z.string('must be a string')),
  cursorSecret: z.optional(
    oneOrMore<string | readonly string[]>(secret, SECRET).check(
      z.refine(() => globalThis.crypto?.subtle !== undefined, {
        error: 'requires Web Crypto, which is not available here',
        params: COMPLETE,
      }),
    ),
  ),
  prefetch: z.optional(boolean),
  concurrency: z.optional(wholeNumber(1)),
  signal: z.optional(objectWith<AbortSignal>('must be an AbortSignal', ...SIGNAL_PROPERTIES)),
  onSourceError: z.optional(decision<NonNullable<ListOptions['onSourceError']>>()),
  onInvalidConversation: z.optional(decision<NonNullable<ListOptions['onInvalidConversation']>>()),
  providerOptions: z.optional(z.custom<NonNullable<ListOptions['providerOptions']>>()),
}

const NAMES = [...Object.keys(shape), ...PARTICIPANT_PROPERTIES.map((name) => `participant.${name}`)]

const listOptions = optionsSchema<ListOptions>(shape)

/**
 * Checks the options of a listing and returns a copy.
 *
 * @throws ConfigurationError if the calling code is wrong, UnsupportedParticipantError if only its data is
 */
export function parseListOptions(given: ListOptions): CheckedListOptions {
  const { issues = [], ...result } = validate(listOptions, given)
  const options: Partial<ListOptions> = problemOfOptions(given) === null ? withoutPrototype(given) : {}
  const providers = [options.provider ?? []].flat().filter((one) => z.safeParse(providerSchema, one).success)
  const byProvider = readProviderOptions(providers, options.providerOptions)
  const found = [...issues, ...byProvider.issues]
  if (found.length > 0 || !('value' in result)) {
    const names = [...NAMES, ...optionNamesOf(providers)]
    // The options of the provider are often passed to the listing by mistake.
    const elsewhere = { owner: 'the provider', call: providers[0]?.name ?? 'provider', names: httpPaths }
    throw optionsError(LISTING, problemsOf(found, withoutPrototype(given), { ...LISTING, names, elsewhere }))
  }
  const { provider: _provider, participant, providerOptions: _options, ...checked } = result.value
  const participants = [participant].flat().map(copyOfRef)
  return withoutPrototype({ ...checked, providers, participants, optionsOf: byProvider.optionsOf })
}
