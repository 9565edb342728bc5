import { canonicalJson } from '../model/canonical-json.ts'
import { ConfigurationError } from '../model/errors.ts'
import { isListedParticipant, type ParticipantRef } from '../model/participant.ts'
import { problemOfText } from '../model/sendable-text.ts'
import { describeValue } from '../options/describe-value.ts'
import { ignoreRejection } from '../options/promise.ts'
import { PARTICIPANT_PROPERTIES } from './participant-forms.ts'
import type { ConversationProvider, Lookup } from './provider.ts'
import { unsupportedParticipant } from './unsupported.ts'

/**
 * The ways in which a provider looks up a participant, at least one.
 *
 * @throws UnsupportedParticipantError for a participant that it cannot look up, or that is for another provider alone
 */
export function lookupsOf(provider: ConversationProvider, participant: ParticipantRef): readonly Lookup[] {
  const { name } = provider
  if (!isFor(provider, participant)) {
    throw unsupportedParticipant(name, `is for ${describeValue(participant.provider)} only`)
  }
  if (provider.lookups === undefined) return [{ key: keyOf(provider, participant) }]
  return checkLookups(provider.lookups(participant), name)
}

/** @throws ConfigurationError if `lookups()` of a provider returns something else */
export function checkLookups(lookups: unknown, provider: string): readonly Lookup[] {
  ignoreRejection(lookups)
  if (Array.isArray(lookups) && lookups.length > 0 && lookups.every(isLookup)) return lookups
  const message = `lookups() of ${provider} must return an array of at least one lookup, each with a key; got ${describeValue(lookups, 0)}`
  throw new ConfigurationError(message, { provider })
}

/** Whether a reference names this provider, or none. The participant of a conversation is for all. */
export function isFor({ name }: ConversationProvider, participant: ParticipantRef): boolean {
  return (
    isListedParticipant(participant) || participant.provider === undefined || participant.provider === name
  )
}

function isLookup(value: unknown): value is Lookup {
  const { key }: { readonly key?: unknown } = Object(value)
  return typeof key === 'string'
}

/** A provider that does not say what it looks up may use all of the participant. */
function keyOf({ name }: ConversationProvider, participant: ParticipantRef): string {
  for (const property of PARTICIPANT_PROPERTIES) {
    const text: unknown = Reflect.get(participant, property)
    const problem = typeof text === 'string' ? problemOfText(text) : null
    if (problem !== null) throw unsupportedParticipant(name, `${property} ${problem}`, participant)
  }
  return canonicalJson(participant)
}

/** The lists of a provider; null stands for the one list of a provider without lists. */
export function listsOf(provider: ConversationProvider, options: object): readonly (string | null)[] {
  if (provider.lists === undefined) return [null]
  const lists: unknown = provider.lists(options)
  ignoreRejection(lists)
  if (Array.isArray(lists) && lists.length > 0 && lists.every((list) => typeof list === 'string'))
    return lists
  const message = `lists() of ${provider.name} must return an array of at least one string; got ${describeValue(lists, 0)}`
  throw new ConfigurationError(message, { provider: provider.name })
}
