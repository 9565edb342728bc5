import type { ParticipantRef } from '../model/participant.ts'
import type { ConversationOf, ConversationProvider, ParticipantOf } from './provider.ts'

/** A provider, or a provider with its own participant in place of the listing's. */
export type CombineSource<P extends ConversationProvider = ConversationProvider> =
  | P
  | {
      /** What to list. */
      readonly provider: P
      /** Whose conversations to list there. */
      readonly participant: ParticipantOf<P>
    }

/** The same sources, each with a participant that its provider can look up. */
export type CheckedSources<S extends readonly CombineSource[]> = {
  readonly [Index in keyof S]: S[Index] extends {
    /** What to list. */
    provider: infer P extends ConversationProvider
  }
    ? {
        /** What to list. */
        readonly provider: P
        /** Whose conversations to list there. */
        readonly participant: ParticipantOf<P>
      }
    : S[Index]
}

/** Yields the conversations of every source, and takes the participants that all sources without their own can look up. */
export type CombinedProvider<Source> = ConversationProvider<
  ConversationOf<ProviderOf<Source>>,
  [SharedProvider<Source>] extends [never] ? ParticipantRef : ParticipantOf<SharedProvider<Source>>
>

type SharedProvider<Source> = Extract<Source, ConversationProvider>

type ProviderOf<Source> = Source extends ConversationProvider
  ? Source
  : Source extends { provider: infer P extends ConversationProvider }
    ? P
    : never
