import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { ParticipantRef } from 'participant-conversations'
import { anyConversationSchema } from 'participant-conversations/schema'
import * as z from 'zod'
import type { Customer, InboxInfo, InboxPage } from '../shared/api.ts'
import { type InboxOptions, readPage } from './inbox.ts'
import { bodyOf, invalidAddress, type Problem, problemOf } from './problems.ts'
import { readParticipant, suggestionFor } from './read-participant.ts'
import type { Labels } from './settings.ts'

export interface AppOptions extends InboxOptions, Partial<Labels> {
  /** The customers of the stand-in; null with real providers. */
  readonly customers: readonly Customer[] | null
  /** The folder that Vite has built. */
  readonly pageFolder: string
}

/** There is no sign-in here, so the server answers nobody but the machine that it runs on. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** The library's own. */
const { status } = anyConversationSchema.shape

const pageRequest = z.object({
  addresses: z.array(z.string().max(320)).min(1).max(20),
  status: status.optional(),
  cursor: z.string().nullable(),
})

/** The API and the page. */
export function createApp(options: AppOptions): Hono {
  const { providers, customers, channelNames = {}, consoleUrls = {}, pageFolder, log } = options
  const app = new Hono()

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
      // It is up to whatever terminates TLS.
      strictTransportSecurity: false,
    }),
  )
  // Against DNS rebinding: the host name of another site may resolve to this machine, but its requests carry that name.
  app.use(async (context, next) => {
    if (LOOPBACK.includes(new URL(context.req.url).hostname)) return next()
    return answer(context, {
      status: 421,
      code: 'invalid_request',
      message: 'This server only answers requests to 127.0.0.1 and localhost.',
    })
  })
  app.use('/api/*', async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
  })

  app.get('/api/inbox', (context) => {
    return context.json({
      providers: providers.map(({ name }) => name),
      statuses: status.options,
      customers: customers && [...customers],
      channelNames,
      consoleUrls,
    } satisfies InboxInfo)
  })

  // POST, although it only reads: a phone number in a URL ends up in the logs of servers and proxies, and in histories.
  app.post('/api/conversations', bodyLimit({ maxSize: 256 * 1024, onError: tooLarge }), async (context) => {
    // Browsers send this type to another origin only after a preflight, which is not answered.
    if (!context.req.header('Content-Type')?.startsWith('application/json')) return answer(context, NOT_JSON)
    const { data, error } = pageRequest.safeParse(await context.req.json().catch(() => null))
    if (error)
      return answer(context, { status: 400, code: 'invalid_request', message: z.prettifyError(error) })
    const { addresses, status, cursor } = data
    const participants: ParticipantRef[] = []
    for (const address of addresses) {
      const participant = readParticipant(address)
      if (participant === null) return answer(context, invalidAddress(address, suggestionFor(address)))
      participants.push(participant)
    }
    const page = await readPage(options, { participants, status, cursor, signal: context.req.raw.signal })
    // JSON turns the dates into texts, as the type says.
    return context.json(page satisfies Omit<InboxPage, 'conversations'>)
  })

  app.all('/api/*', (context) => answer(context, { status: 404, code: 'not_found', message: 'Not found.' }))
  app.use(async (context, next) => {
    await next()
    // Vite puts a hash into the names of these.
    const isAsset = context.req.path.startsWith('/assets/') && context.res.ok
    context.header('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
  })
  app.use(serveStatic({ root: pageFolder }))

  app.onError((error, context) => {
    // Nobody is there to read the answer.
    if (context.req.raw.signal.aborted) return new Response(null, { status: 499 })
    const problem = problemOf(error)
    if (problem.status >= 500) log?.(error)
    return answer(context, problem)
  })
  return app
}

const NOT_JSON: Problem = {
  status: 415,
  code: 'invalid_request',
  message: 'Send JSON, with Content-Type: application/json.',
}

function answer(context: Context, problem: Problem): Response {
  return context.json(bodyOf(problem), problem.status)
}

function tooLarge(context: Context): Response {
  return answer(context, { status: 413, code: 'invalid_request', message: 'The request is too large.' })
}
