import type { AnyConversation, ConversationProvider } from '../../src/index.ts'
import { ConversationsError } from '../../src/index.ts'
import { type FakeProvider, fakeProvider, numbered, type PageAnswer, type PageRequest } from './listing.ts'

/** Adapters with a name and a scope of their own, for listings of several sources. */

type Capabilities = Partial<ConversationProvider['capabilities']>

export function named(
  name: string,
  answer: (request: PageRequest, index: number) => PageAnswer | Promise<PageAnswer>,
  capabilities: Capabilities = {},
): FakeProvider {
  return { ...fakeProvider(answer, capabilities), name, scope: `scope of ${name}` }
}

/** Its conversations are called after it and numbered from 0: a0, a1, … */
export function source(
  name: string,
  count: number,
  pageSize = 2,
  capabilities: Capabilities = {},
): FakeProvider {
  const pages = numbered(count, pageSize)
  return named(
    name,
    (request) => {
      const { items, nextPageToken } = pages(request)
      return {
        nextPageToken,
        items: items.map((item): AnyConversation => ({ ...item, id: `${name}${item.id}`, provider: name })),
      }
    },
    capabilities,
  )
}

/** Every request of it fails. */
export function failing(
  name: string,
  error: unknown = new ConversationsError('down', { provider: name }),
): FakeProvider {
  return named(name, () => Promise.reject(error))
}

/** A promise that is settled from outside. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: unknown): void
}

export function deferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  return { promise, resolve, reject }
}
