import type { HttpHooks } from '../../http/hooks.ts'
import { ConversationsError } from '../../model/errors.ts'
import { recordOrNull } from '../../model/read.ts'
import { check, collectUntilError } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { brokenBody, brokenConnection, errorResponse } from './failing.ts'
import { pagesOf } from './pages.ts'
import { identifyingStrings } from './participants.ts'
import { textsIn } from './readable.ts'
import { contains, type Secrets } from './secrets.ts'
import type { Asked, WireServer } from './wire-server.ts'

/** Shorter ones occur in other text by chance. */
const SHORTEST_SECRET = 6

/** Headers that are named like credentials. */
const CREDENTIAL = /auth|cookie|key|secret|token|signature/i

type Answer = (asked: Asked, server: WireServer) => Response | Promise<Response>

export const secretCases: readonly ConformanceCase[] = [
  {
    name: 'shows no secret in an error, in itself or in a cursor',
    async run(context) {
      const people = identifyingStrings(context.options.participant).filter(isLong)
      const secrets = [...(context.options.secrets ?? []), ...people]
      checkShown(context.create(context.serve([])), 'provider', { always: secrets, exceptInCursors: [] })
      for (const [what, answer] of failuresOf(context, secrets)) {
        const { error, told, server } = await failure(context, answer)
        const known = { always: [...secrets, ...sentBy(server)], exceptInCursors: pageTokens(context) }
        // The page loop gives the error that a hook was told its cursor.
        const cursor = error instanceof ConversationsError ? error.cursor : null
        checkShown(error, `the error for ${what}`, known, cursor)
        checkShown(told, `what hooks are told about ${what}`, known, cursor)
      }
    },
  },
]

function failuresOf(context: CaseContext, secrets: readonly string[]): [what: string, answer: Answer][] {
  const ofStatus = [401, 403, 429, 500].flatMap((status): [string, Answer][] => [
    [`the status ${status}`, () => errorResponse(context, status)],
    [
      `the status ${status}, whose body repeats the request,`,
      (_asked, server) => echoing(context, status, [...secrets, ...pageTokens(context), ...sentBy(server)]),
    ],
  ])
  return [
    ...ofStatus,
    ['a connection that breaks', brokenConnection],
    ['a body that breaks off', brokenBody],
    ['a page of HTML', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
  ]
}

/** Checks everything that can be read from a value. */
function checkShown(value: unknown, name: string, secrets: Secrets, cursor: string | null = null): void {
  for (const { text, path } of textsIn(value, name)) {
    // Without the secret itself: this message ends up in logs.
    const place = contains(path, secrets, cursor) ? `a property of ${name}` : path
    check(!contains(text, secrets, cursor), `${place} contains one of the secrets`)
  }
}

/** What requests have sent in headers that are named like credentials. */
function sentBy({ requests }: WireServer): string[] {
  return requests.flatMap(({ headers }) =>
    [...headers].flatMap(([name, value]) =>
      // With and without the scheme.
      CREDENTIAL.test(name) ? [value, value.split(' ').at(-1) ?? ''].filter(isLong) : [],
    ),
  )
}

/** The token of the page that fails. Page numbers are not secret. */
function pageTokens({ manner, options }: CaseContext): string[] {
  return manner.by === 'token' ? [tokenOf(options.pageToken, 2)].filter(isLong) : []
}

function tokenOf(pageToken = (page: number) => `a-page-token-${page}`, page = 1): string {
  return pageToken(page)
}

function isLong(text: string): boolean {
  return text.length >= SHORTEST_SECRET
}

/** The provider's error, with the secrets in each of its strings, and in a property of its own. */
async function echoing(context: CaseContext, status: number, secrets: readonly string[]): Promise<Response> {
  const response = await errorResponse(context, status)
  const echo = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? [value, ...secrets].join(' ') : value
  const body: unknown = JSON.parse(JSON.stringify(await response.json().catch(() => ({})), echo))
  return Response.json(recordOrNull(body) === null ? body : { ...Object(body), sent: secrets }, {
    status: response.status,
  })
}

interface Failed {
  readonly error: unknown
  /** What hooks have received, if `createProvider` passes them on. */
  readonly told: readonly unknown[]
  readonly server: WireServer
}

/** Lists until the last page, which fails. */
async function failure(context: CaseContext, answer: Answer): Promise<Failed> {
  const { manner, options } = context
  const failingPage = manner.by === 'none' ? 1 : 2
  const server: WireServer = context.serve(pagesOf(context, [3, 3, 3]), {
    pageToken: (page) => tokenOf(options.pageToken, page),
    intercept: (asked) => (asked.page === failingPage ? answer(asked, server) : undefined),
  })
  const told: unknown[] = []
  const tell = (info: unknown): void => {
    told.push(info)
  }
  const hooks: HttpHooks = { onRequest: tell, onResponse: tell, onRetry: tell, onError: tell }
  const provider = context.create(server, { hooks })
  const { error } = await collectUntilError(context.list(provider))
  return { error, told, server }
}
