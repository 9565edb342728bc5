import { check, collectUntilError, walk } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { errorResponse } from './error-cases.ts'
import { pagesOf } from './pages.ts'
import { identifyingStrings } from './participants.ts'
import type { WireServer } from './wire-server.ts'

/** Shorter ones occur in other text by chance. */
const SHORTEST_SECRET = 6

export const secretCases: readonly ConformanceCase[] = [
  {
    name: 'shows no secret in an error, in itself or in a cursor',
    async run(context) {
      const provider = context.create(context.serve([]))
      const found = [...walk(provider, 'provider')]
      const secrets = secretsOf(context)
      for (const status of [401, 429, 500]) {
        const { error } = await failure(context, () => errorResponse(context, status))
        found.push(...walk(error, `the error for the status ${status}`))
        const echo = await failure(context, (server) =>
          echoing(context, status, [...secrets, ...sentBy(server)]),
        )
        found.push(...walk(echo.error, `the error for the status ${status}, whose body repeats the request,`))
        secrets.push(...sentBy(echo.server))
      }
      const broken = await failure(context, () => Promise.reject(new TypeError('fetch failed')))
      found.push(...walk(broken.error, 'the error for a connection that breaks'))
      for (const { value, path } of found) {
        const texts = typeof value === 'string' ? [value, decoded(value)] : []
        const shown = secrets.some((secret) => texts.some((text) => text.includes(secret)))
        // Without the secret itself: this message ends up in logs.
        check(!shown, `${path} contains one of the secrets`)
      }
    },
  },
]

/** What is passed as secret, and whoever is looked up. */
function secretsOf({ options }: CaseContext): string[] {
  const people = identifyingStrings(options.participant).filter(({ length }) => length >= SHORTEST_SECRET)
  return [...(options.secrets ?? []), ...people]
}

/** The credentials that requests have sent, as far as HTTP has a header for them. */
function sentBy({ requests }: WireServer): string[] {
  return requests.flatMap(({ headers }) => headers.get('authorization')?.split(' ').at(-1) ?? [])
}

/** The provider's error, with the secrets in each of its strings. */
async function echoing(context: CaseContext, status: number, secrets: readonly string[]): Promise<Response> {
  const response = errorResponse(context, status)
  const echo = (_name: string, value: unknown): unknown =>
    typeof value === 'string' ? [value, ...secrets].join(' ') : value
  const body: unknown = await response.json().catch(() => ({}))
  return Response.json(JSON.parse(JSON.stringify(body, echo)), { status, headers: { 'x-echo': 'yes' } })
}

interface Failure {
  readonly error: unknown
  readonly server: WireServer
}

/** Lists until the last page, which fails. */
async function failure(
  context: CaseContext,
  answer: (server: WireServer) => Response | Promise<Response>,
): Promise<Failure> {
  const failingPage = context.manner.by === 'none' ? 1 : 2
  const server: WireServer = context.serve(pagesOf(context, [3, 3]), {
    intercept: (page) => (page === failingPage ? answer(server) : undefined),
  })
  return { error: (await collectUntilError(context.list(context.create(server)))).error, server }
}

/** Decodes base64url, the encoding of cursors. */
function decoded(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
