import type { Fetch } from '../../model/platform-types.ts'
import type { Manner } from './manner.ts'
import type { AnyTestOptions } from './options.ts'
import { isProblem, RequestProblem, SetupError } from './problems.ts'
import { distinctTexts, responseOf } from './setup.ts'
import type { WireConversation, WirePage } from './wire-page.ts'
import { strayToken, unknownToken } from './wire-tokens.ts'

/** What a request asks for, for a response in place of the page. */
export interface Asked {
  /** The number of the page; the first one is 1. */
  readonly page: number
  /** How often this page has been requested, including this time. */
  readonly attempt: number
  readonly request: Request
  /** What is on the page. */
  readonly conversations: readonly WireConversation[]
  /** The response with the page, perhaps with something else in it. */
  respond(change?: Partial<WirePage>): Promise<Response>
}

export interface WireServerOptions {
  /** The conversations of each page. The token of a page is that of `pageToken`. */
  readonly pages: readonly (readonly WireConversation[])[]
  readonly manner: Manner
  readonly respond: AnyTestOptions['respond']
  readonly readPageToken?: AnyTestOptions['readPageToken']
  readonly pageToken?: ((page: number) => string) | undefined
  /** Responds in place of a page. */
  readonly intercept?: (asked: Asked) => Response | Promise<Response> | undefined
}

/** Plays the provider of an adapter, and records what is wrong with the requests. */
export interface WireServer {
  readonly fetch: Fetch
  /** The number of the page of each request. */
  readonly asked: readonly number[]
  readonly requests: readonly Request[]
  /** The bodies of the pages that were sent whole. */
  readonly bodies: readonly string[]
  readonly problems: readonly Error[]
}

/** More requests than any case needs: this stops an adapter that loops. */
const MAX_REQUESTS = 200

/** A page, and which one it is. */
type NumberedPage = Omit<WirePage, 'request' | 'total'> & { readonly number: number }

export function createWireServer(options: WireServerOptions): WireServer {
  const { pages, manner, pageToken = (page) => `page-${page}` } = options
  const all = pages.flat()
  const tokens = [
    null,
    ...distinctTexts(
      'pageToken',
      pages.slice(1).map((_, index) => pageToken(index + 2)),
    ),
  ]
  const asked: number[] = []
  const requests: Request[] = []
  // The originals: Node stops following the caller's signal once a request is collected.
  const received: Request[] = []
  const bodies: string[] = []
  const problems: Error[] = []

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
    const stray = token === null && options.readPageToken ? await strayToken(request, tokens) : null
    if (stray !== null) throw new SetupError(stray)
    const index = tokens.indexOf(token)
    if (index < 0) throw new RequestProblem(unknownToken(token, tokens[asked.at(-1) ?? 0] ?? null))
    const nextPageToken = tokens[index + 1] ?? null
    const conversations = pages[index] ?? []
    return { number: index + 1, conversations, nextPageToken, hasMore: nextPageToken !== null }
  }

  async function answer(request: Request): Promise<Response> {
    if (received.length >= MAX_REQUESTS)
      throw new RequestProblem(`the adapter makes more than ${MAX_REQUESTS} requests`)
    received.push(request)
    requests.push(request.clone())
    const { number, ...page } = await pageFor(request)
    asked.push(number)
    const respond = (change?: Partial<WirePage>): Promise<Response> =>
      responseOf('respond', () => options.respond({ ...page, total: all.length, request, ...change }))
    const attempt = asked.filter((one) => one === number).length
    const intercepted = options.intercept?.({
      page: number,
      attempt,
      request,
      respond,
      conversations: page.conversations,
    })
    if (intercepted !== undefined) return intercepted
    const response = await respond()
    bodies.push(await response.clone().text())
    return response
  }

  return {
    asked,
    requests,
    bodies,
    problems,
    async fetch(input, init) {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      try {
        return await answer(request)
      } catch (error) {
        if (isProblem(error)) problems.push(error)
        throw error
      }
    },
  }
}
