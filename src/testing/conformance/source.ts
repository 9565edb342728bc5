import type { ConversationProvider } from '../../provider/provider.ts'

/**
 * The same provider with one source: its first lookup, in its first list. The pages of the suite are those of one list, and
 * several would repeat them.
 */
export function firstSourceOf(provider: ConversationProvider): ConversationProvider {
  const { name, scope, capabilities, listOptions, lookups, lists, pageTokenIdentity } = provider
  return {
    name,
    scope,
    capabilities,
    listOptions,
    listPage: (request) => provider.listPage(request),
    ...(lookups && { lookups: (participant) => first(provider.lookups?.(participant)) }),
    ...(lists && { lists: (options) => first(provider.lists?.(options)) }),
    ...(pageTokenIdentity && { pageTokenIdentity: (token) => provider.pageTokenIdentity?.(token) ?? token }),
  }
}

/** The page loop refuses what is not a list. */
function first<T>(found: readonly T[] | undefined): readonly T[] {
  return Array.isArray(found) ? found.slice(0, 1) : (found as never)
}
