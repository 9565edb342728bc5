import * as z from 'zod/mini'
import type { ConversationsError } from '../model/errors.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { parseOptions } from '../options/parse-options.ts'
import { callback, optionsSchema } from '../options/schemas.ts'
import { providerSchema } from './check-provider.ts'
import { participantRefSchema } from './participant-schema.ts'
import type { ConversationProvider } from './provider.ts'

/** What to do about a source that fails. */
export type OnSourceError = (
  /** The error, whose `provider` is the name of the provider that failed. */
  error: ConversationsError,
  /** The provider that failed. */
  provider: ConversationProvider,
  /** Its index in `sources`. */
  index: number,
) => 'skip' | 'throw'

/** How to combine providers. */
export interface CombineOptions {
  /**
   * Called when a source fails, after its retries. Return `'skip'` to continue with the next source: the rest of this
   * one is not listed. With `prefetch`, it is called while earlier conversations are being handled. Default: the error
   * is thrown.
   */
  onSourceError?: OnSourceError | undefined
}

/** A source as `combine()` uses it. */
export interface Source {
  readonly provider: ConversationProvider
  readonly participant?: ParticipantRef | undefined
}

const SOURCES = 'must be an array of at least one provider'

/** Created on demand, so that an app that combines nothing does not bundle it. */
function combineSchema() {
  const source = z.pipe(
    z.transform((value: unknown) =>
      typeof Object(value).listPage === 'function' ? { provider: value } : value,
    ),
    z.strictObject(
      { provider: providerSchema, participant: z.optional(participantRefSchema) },
      'must be providers, or objects with provider and participant',
    ),
  )
  return optionsSchema<{ sources: Source[]; onSourceError?: OnSourceError | undefined }>({
    sources: z.array(source, SOURCES).check(z.refine((list) => list.length > 0, SOURCES)),
    onSourceError: z.optional(callback<OnSourceError>()),
  })
}

/** @throws ConfigurationError, UnsupportedParticipantError */
export function parseCombineOptions(
  sources: unknown,
  options: CombineOptions,
): { sources: Source[]; onSourceError?: OnSourceError | undefined } {
  const call = { call: 'combine()', names: ['sources', 'onSourceError'] }
  return parseOptions(combineSchema(), { ...options, sources }, call)
}
