import type { AnyConversation } from '../model/conversation.ts'
import { ConversationsError } from '../model/errors.ts'
import { describeValue } from '../options/describe-value.ts'
import { callCallback } from './decisions.ts'
import type { ListingSettings } from './settings.ts'
import { groupOf, type Source } from './sources.ts'

/** Which conversations of a source an iteration delivers. */
export interface Wanted {
  /** null if all are wanted. @throws ConversationsError if the caller's filter fails */
  readonly includes: ((conversation: AnyConversation) => boolean) | null
  /** Records what was delivered: it is not wanted again. */
  record(conversations: readonly AnyConversation[]): void
}

/** Returns what is wanted of each source. */
export function createWanted({ sources, filter }: ListingSettings): (source: Source) => Wanted {
  const delivered = new Map(groupsWithSeveralLookups(sources).map((group) => [group, new Set<string>()]))

  return (source) => {
    const { statuses } = source
    const ids = delivered.get(groupOf(source))
    const includes = (conversation: AnyConversation): boolean => {
      if (statuses?.includes(conversation.status) === false || ids?.has(conversation.id)) return false
      if (filter === null) return true
      const result: unknown = callCallback('filter', () => filter(conversation))
      if (typeof result === 'boolean' || result == null) return result === true
      throw new ConversationsError(`filter must return true or false; got ${describeValue(result)}`)
    }
    return {
      includes: statuses === null && ids === undefined && filter === null ? null : includes,
      record(conversations) {
        if (ids !== undefined) for (const { id } of conversations) ids.add(id)
      },
    }
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
