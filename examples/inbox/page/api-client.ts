import * as z from 'zod/mini'
import type { ApiProblem, InboxInfo, InboxPage, PageRequest, ProblemCode } from '../shared/api.ts'

/** The server answered that it cannot do this, did not answer, or something else answered in its place. */
export class ApiError extends Error {
  readonly code: ProblemCode | 'no_answer'
  /** For an invalid address: what it is, and what may be meant. */
  readonly address: string | undefined
  readonly suggestion: string | undefined

  constructor({ code, message, address, suggestion }: Partial<ApiProblem['error']> & { message: string }) {
    super(message)
    this.name = 'ApiError'
    this.code = code ?? 'no_answer'
    this.address = address
    this.suggestion = suggestion
  }
}

/** Whether the address is the reason, so that another one is needed. */
export function isRefused(error: Error | null): error is ApiError {
  return error instanceof ApiError && /^(invalid|unsupported)_address$/.test(error.code)
}

/** Whether the cursor is the reason, so that the list has to start again. */
export function isExpired(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 'invalid_cursor'
}

export function fetchInfo(signal: AbortSignal): Promise<InboxInfo> {
  return request('/api/inbox', isInfo, { signal })
}

export function fetchPage(query: PageRequest, signal: AbortSignal): Promise<InboxPage> {
  return request('/api/conversations', isPage, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(query),
    signal,
  })
}

/**
 * Checks as much of an answer as tells the inbox server from a proxy, a sign-in page or another server. The rest is what the
 * types say: the server is this page's own.
 */
function answerWith<T>(shape: z.ZodMiniType): (body: unknown) => body is T {
  return (body): body is T => shape.safeParse(body).success
}

const isInfo = answerWith<InboxInfo>(
  z.object({ providers: z.array(z.string()), statuses: z.array(z.string()) }),
)
const isPage = answerWith<InboxPage>(
  z.object({
    conversations: z.array(z.object({ provider: z.string(), id: z.string() })),
    nextCursor: z.nullable(z.string()),
    failures: z.array(z.object({ provider: z.string(), problem: z.string() })),
    notSearched: z.array(z.string()),
  }),
)
const isProblem = answerWith<ApiProblem>(
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
)

async function request<T>(
  path: string,
  isExpected: (body: unknown) => body is T,
  init: RequestInit & { signal: AbortSignal },
): Promise<T> {
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (init.signal.aborted) throw cause
    throw new ApiError({ message: 'The inbox server does not answer.' })
  })
  const body: unknown = await response.json().catch(() => null)
  init.signal.throwIfAborted()
  if (response.ok && isExpected(body)) return body
  if (isProblem(body)) throw new ApiError(body.error)
  throw new ApiError({
    message: `Something else answered in place of the inbox server (HTTP ${response.status}). A proxy or a sign-in page may be in between.`,
  })
}
