import type { AnyConversation } from '../model/conversation.ts'
import type { ParticipantForm, ParticipantRef } from '../model/participant.ts'
import type { ConversationProvider } from './provider.ts'

// biome-ignore lint/suspicious/noExplicitAny: only `any` leaves the other parameters out of an inference.
type Any = any

/** A provider, or several. */
type Providers = ConversationProvider | readonly ConversationProvider[]

type Each<P> = P extends readonly (infer Element)[] ? Element : P

/** The forms that at least one of the providers looks up. */
type SomeForms<P> = P extends ConversationProvider<Any, infer F, Any> ? F : never

/** The forms that every one of the providers looks up: parameters of a union of functions are intersected. */
type SharedForms<P> = (
  P extends ConversationProvider<Any, infer F, Any>
    ? (form: F) => void
    : never
) extends (form: infer All extends ParticipantForm) => void
  ? All
  : never

/** The conversations that a provider yields; for several, or one that is chosen at run time, those of each. */
export type ConversationOf<P extends Providers> =
  Each<P> extends ConversationProvider<infer C, Any, Any> ? C : never

/** The participants that a provider can look up; for several, or one that is chosen at run time, those that each can. */
export type ParticipantOf<P extends Providers> = [SharedForms<Each<P>>] extends [
  infer F extends ParticipantForm,
]
  ? ParticipantRef<F>
  : never

/** The participants that at least one of the providers can look up. */
export type SomeParticipantOf<P extends Providers> = [SomeForms<Each<P>>] extends [
  infer F extends ParticipantForm,
]
  ? ParticipantRef<F>
  : never

/** The options of each provider for one listing, under its name. */
export type ProviderOptionsOf<P extends Providers> = {
  [E in Each<P> as E extends ConversationProvider<infer C, Any, Any> ? C['provider'] : never]?:
    | (E extends ConversationProvider<AnyConversation, Any, infer O> ? O : never)
    | undefined
}
