import type { Fetch } from '../../model/platform-types.ts'
import { quote } from './assert.ts'
import type { Manner } from './manner.ts'
import type { WireConversation, WirePage } from './wire-page.ts'

export interface WireServerOptions {
  /** The conversations of each page. The token of a page is that of `pageToken`. */
  readonly pages: readonly (readonly WireConversation[])[]
  readonly manner: Manner
  readonly respond: (page: WirePage) => Response
  readonly pageToken?: ((page: number) => string) | undefined
  /** Responds in place of a page; the first page is 1. */
  readonly intercept?: (page: number, request: Request) => Response | Promise<Response> | undefined
}

/** Plays the provider of an adapter, and records what is wrong with the requests. */
export interface WireServer {
  readonly fetch: Fetch
  /** The number of the page of each request. */
  readonly asked: readonly number[]
  readonly requests: readonly Request[]
  /** The bodies of the pages that were sent whole. */
  readonly bodies: readonly string[]
  readonly problems: readonly string[]
}

/** More requests than any case needs: this stops an adapter that loops. */
const MAX_REQUESTS = 200

/** A page, and which one it is. */
type NumberedPage = Omit<WirePage, 'request' | 'total'> & { readonly number: number }

export function createWireServer(options: WireServerOptions): WireServer {
  const { pages, manner, pageToken = (page) => `page-${page}` } = options
  const all = pages.flat()
  const tokens = pages.map((_, index) => (index === 0 ? null : pageToken(index + 1)))
  const asked: number[] = []
  const requests: Request[] = []
  const bodies: string[] = []
  const problems: string[] = []

  function refuse(problem: string): never {
    problems.push(problem)
    throw new TypeError(problem)
  }

  async function pageFor(request: Request): Promise<NumberedPage> {
    if (manner.by === 'none') return { number: 1, conversations: all, nextPageToken: null, hasMore: false }
    if (manner.by === 'slice') {
      const { start, end } = await manner.readSlice(request)
      return {
        number: Math.floor(start / manner.size) + 1,
        conversations: all.slice(start, end),
        nextPageToken: null,
        hasMore: end < all.length,
      }
    }
    const token = await manner.readToken(request)
    const index = tokens.indexOf(token)
    if (index < 0) return refuse(unknownToken(token, tokens[asked.at(-1) ?? 0] ?? null))
    const nextPageToken = tokens[index + 1] ?? null
    const conversations = pages[index] ?? []
    return { number: index + 1, conversations, nextPageToken, hasMore: nextPageToken !== null }
  }

  return {
    asked,
    requests,
    bodies,
    problems,
    async fetch(input, init) {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      if (requests.length >= MAX_REQUESTS) refuse(`the adapter makes more than ${MAX_REQUESTS} requests`)
      requests.push(request.clone())
      const { number, ...page } = await pageFor(request)
      asked.push(number)
      const intercepted = options.intercept?.(number, request)
      if (intercepted !== undefined) return intercepted
      const response = options.respond({ ...page, total: all.length, request })
      bodies.push(await response.clone().text())
      return response
    },
  }
}

function unknownToken(token: string | null, given: string | null): string {
  const expected = given === null ? '' : `: the last one was ${quote(given)}`
  return `a request carries the page token ${quote(token)}, which the provider never sent${expected}. Return the provider's token unchanged, encoded for its place`
}
