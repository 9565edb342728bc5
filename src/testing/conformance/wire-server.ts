import type { Fetch } from '../../model/platform-types.ts'
import { quote } from './assert.ts'
import type { WireConversation, WirePage } from './wire-page.ts'

export interface WireServerOptions {
  /** The conversations of each page. The token of a page is that of `pageToken`. */
  readonly pages: readonly (readonly WireConversation[])[]
  readonly respond: (page: WirePage) => Response
  readonly readPageToken: (request: Request) => string | null | Promise<string | null>
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

export function createWireServer(options: WireServerOptions): WireServer {
  const { pages, pageToken = (page) => `page-${page}` } = options
  const tokens = pages.map((_, index) => (index === 0 ? null : pageToken(index + 1)))
  const asked: number[] = []
  const requests: Request[] = []
  const bodies: string[] = []
  const problems: string[] = []

  function refuse(problem: string): never {
    problems.push(problem)
    throw new TypeError(problem)
  }

  async function pageOf(request: Request): Promise<number> {
    const token = (await options.readPageToken(request.clone())) ?? null
    const index = tokens.indexOf(token)
    if (index >= 0) return index + 1
    const given = tokens[asked.at(-1) ?? 0] ?? null
    const expected = given === null ? '' : `: the last one was ${quote(given)}`
    return refuse(
      `a request carries the page token ${quote(token)}, which the provider never sent${expected}. Return the provider's token unchanged, encoded for its place`,
    )
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
      const page = await pageOf(request)
      asked.push(page)
      const intercepted = options.intercept?.(page, request)
      if (intercepted !== undefined) return intercepted
      const response = options.respond({
        conversations: pages[page - 1] ?? [],
        nextPageToken: tokens[page] ?? null,
        request,
      })
      bodies.push(await response.clone().text())
      return response
    },
  }
}
