import type { PageFault } from './fault.ts'

type Fetch = (request: Request) => Promise<Response>
type Json = Record<string, unknown>

/** Changes pages. Each server needs its own: it knows which of its tokens stand for which of the provider's. */
export interface PageFaults {
  /** Sends a request to the provider, with the provider's token, and changes the page on its way back. */
  fetch(request: Request, fault: PageFault | null): Promise<Response>
}

/**
 * A client that starts again sends another value: it knows no earlier token, so none is repeated to it. A request of its
 * own past that arrives late, such as an aborted one, does not count.
 */
export const RUN_HEADER = 'x-run'

export function createPageFaults(provider: Fetch): PageFaults {
  /** The tokens issued here, and the provider's token that each stands for: null is the first page. */
  const aliases = new Map<string, string | null>()
  /** The tokens that were requested, by run and list. */
  const requested = new Map<string, string[]>()
  let issued = 0

  function newAlias(realToken: string | null, token = ''): string {
    issued += 1
    const alias = `${token}~${issued}`
    aliases.set(alias, realToken)
    return alias
  }

  return {
    async fetch(request, fault) {
      const query = readQuery(request)
      const list = `${request.headers.get(RUN_HEADER)} ${query.list}`
      const asked = requested.get(list) ?? []
      requested.set(list, asked)
      if (query.token !== null) asked.push(query.token)
      const known = query.token === null ? null : aliases.get(query.token)
      const realToken = known === undefined ? query.token : known
      const ask = (token: string | null, size: number | null): Promise<Response> =>
        provider(withQuery(request, query, token, size))

      const response = await ask(
        realToken,
        fault?.kind === 'smallPage' ? Math.min(fault.size, query.size) : null,
      )
      if (fault === null || response.status !== 200) return response
      const page = createPage((await response.json()) as Json, query, request.url)

      switch (fault.kind) {
        case 'emptyPage':
          page.setList([])
          page.setNext(newAlias(realToken))
          break
        case 'largePage': {
          if (page.next === null) break
          const more = createPage((await (await ask(page.next, null)).json()) as Json, query, request.url)
          page.setList([...page.list, ...more.list])
          page.setNext(more.next)
          break
        }
        case 'repeatedToken': {
          const repeated = asked.at(-1 - fault.back) ?? asked.at(-1)
          if (repeated !== undefined && page.next !== null) page.setNext(repeated)
          break
        }
        case 'awkwardToken':
          // A URL cannot contain a lone surrogate; JSON can.
          if (page.next !== null) {
            const token =
              query.provider === 'twilio' ? fault.token.replace(/\p{Surrogate}/gu, '') : fault.token
            page.setNext(newAlias(page.next, token))
          }
          break
        case 'nextPage':
          // On Bird any text or number is a token.
          if (query.provider === 'twilio' || !/^(string|number)$/.test(typeof fault.value)) {
            page.setNextField(fault.value)
          }
          break
        case 'foreignUrl':
          if (page.nextUrl !== null) page.setNextField(fault.change(page.nextUrl))
          break
        case 'wrongEntry':
          page.setList([...page.list.slice(0, 1), fault.entry, ...page.list.slice(2)])
          break
        case 'wrongList':
          page.setListField(fault.list)
          break
        case 'missingFields':
          page.setList(page.list.map(withoutOptionalFields))
          break
        case 'extraFields':
          page.setList(
            page.list.map((entry) => ({ ...entry, futureField: { nested: [1] }, constructor: 'x' })),
          )
          break
        case 'smallPage':
        case 'duplicateFields':
          break
      }
      const text = JSON.stringify(page.json)
      const sent =
        fault.kind === 'duplicateFields' ? `{"${page.listName}":[{"id":""}],${text.slice(1)}` : text
      return new Response(sent, { headers: response.headers })
    },
  }
}

interface Query {
  readonly provider: 'twilio' | 'bird'
  /** What its pages belong to: a token of one list means nothing in another. */
  readonly list: string
  readonly token: string | null
  readonly size: number
}

function readQuery(request: Request): Query {
  const { pathname, searchParams } = new URL(request.url)
  return pathname.startsWith('/workspaces/')
    ? {
        provider: 'bird',
        list: `${pathname} ${searchParams.get('channelId')}`,
        token: searchParams.get('pageToken'),
        size: Number(searchParams.get('limit') ?? 10),
      }
    : {
        provider: 'twilio',
        list: `${pathname} ${searchParams.get('Address')}`,
        token: searchParams.get('PageToken'),
        size: Number(searchParams.get('PageSize') ?? 50),
      }
}

function withQuery(
  request: Request,
  { provider }: Query,
  token: string | null,
  size: number | null,
): Request {
  const url = new URL(request.url)
  const [tokenName, sizeName] = provider === 'bird' ? ['pageToken', 'limit'] : ['PageToken', 'PageSize']
  if (token === null) {
    url.searchParams.delete(tokenName)
    // Twilio takes no page number without a token.
    url.searchParams.delete('Page')
  } else url.searchParams.set(tokenName, token)
  if (size !== null) url.searchParams.set(sizeName, String(size))
  return new Request(url, { method: request.method, headers: request.headers, signal: request.signal })
}

/** A page of either provider, with what they have in common. */
interface Page {
  readonly json: Json
  readonly listName: string
  readonly list: readonly Json[]
  readonly next: string | null
  /** Twilio's. */
  readonly nextUrl: URL | null
  setList(list: readonly unknown[]): void
  setListField(list: unknown): void
  setNext(token: string | null): void
  setNextField(value: unknown): void
}

function createPage(json: Json, { provider }: Query, requestUrl: string): Page {
  const listName = provider === 'bird' ? 'results' : 'conversations'
  const meta = (json.meta ?? {}) as Json
  const nextUrl = typeof meta.next_page_url === 'string' ? new URL(meta.next_page_url) : null
  const setListField = (list: unknown): void => {
    json[listName] = list
  }
  const setNextField = (value: unknown): void => {
    if (provider === 'bird') json.nextPageToken = value
    else meta.next_page_url = value
  }
  return {
    json,
    listName,
    list: json[listName] as Json[],
    next:
      provider === 'bird'
        ? ((json.nextPageToken as string | undefined) ?? null)
        : (nextUrl?.searchParams.get('PageToken') ?? null),
    nextUrl,
    setListField,
    setList: setListField,
    setNextField,
    setNext(token) {
      if (provider === 'bird') return setNextField(token ?? undefined)
      if (token === null) return setNextField(null)
      const url = nextUrl ?? new URL(requestUrl)
      // Built by hand, since `URLSearchParams` would encode an awkward token correctly.
      url.searchParams.delete('PageToken')
      setNextField(`${url.href}&PageToken=${encodeURIComponent(token)}`)
    },
  }
}

const NEEDED = new Set(['id', 'status', 'conversation_sid', 'conversation_state'])

function withoutOptionalFields(entry: Json): Json {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => NEEDED.has(name)))
}
