import type { AnyConversation } from '../model/conversation.ts'
import { ConversationsError } from '../model/errors.ts'
import { describeValue } from '../options/describe-value.ts'
import { callCallback } from './decisions.ts'
import type { ListingSettings } from './settings.ts'
import { groupOf, type Source } from './sources.ts'

/** Which conversations an iteration delivers. */
export interface Wanted {
  /** @throws ConversationsError if the caller's filter fails */
  includes(conversation: AnyConversation, source: Source): boolean
  /** Records what was delivered: it is not wanted again. */
  record(conversations: readonly AnyConversation[], source: Source): void
}

export function createWanted({ sources, filter }: ListingSettings): Wanted {
  const delivered = new Map(groupsWithSeveralLookups(sources).map((group) => [group, new Set<string>()]))
  const deliveredOf = (source: Source): Set<string> | undefined =>
    delivered.size === 0 ? undefined : delivered.get(groupOf(source))

  return {
    includes(conversation, source) {
      if (source.statuses?.includes(conversation.status) === false) return false
      if (deliveredOf(source)?.has(conversation.id)) return false
      if (filter === null) return true
      const result: unknown = callCallback('filter', () => filter(conversation))
      if (typeof result === 'boolean' || result == null) return result === true
      throw new ConversationsError(`filter must return true or false; got ${describeValue(result)}`)
    },
    record(conversations, source) {
      const ids = deliveredOf(source)
      if (ids !== undefined) for (const { id } of conversations) ids.add(id)
    },
  }
}

/** One conversation may be found by several lookups of an account, such as two addresses of a person. */
function groupsWithSeveralLookups(sources: readonly Source[]): string[] {
  const lookups = new Map<string, Set<string>>()
  for (const source of sources) {
    const group = groupOf(source)
    lookups.set(group, (lookups.get(group) ?? new Set()).add(source.lookup.key))
  }
  return [...lookups].filter(([, keys]) => keys.size > 1).map(([group]) => group)
}
