import type { ApiProblem, InboxInfo, InboxPage, PageRequest, ProblemCode } from '../shared/api.ts'

/** The server answered that it cannot do this, or did not answer. */
export class ApiError extends Error {
  readonly code: ProblemCode | 'offline'

  constructor(code: ProblemCode | 'offline', message: string) {
    super(message)
    this.name = 'ApiError'
    this.code = code
  }
}

export function fetchInfo(signal: AbortSignal): Promise<InboxInfo> {
  return request('/api/inbox', { signal })
}

export function fetchPage(query: PageRequest, signal: AbortSignal): Promise<InboxPage> {
  return request('/api/conversations', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(query),
    signal,
  })
}

/** The server is this page's own, so its answers are what the types say. */
async function request<T>(path: string, init: RequestInit & { signal: AbortSignal }): Promise<T> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(path, init)
    body = await response.json()
  } catch (cause) {
    if (init.signal.aborted) throw cause
    throw new ApiError('offline', 'The inbox server does not answer.')
  }
  if (response.ok) return body as T
  const { error } = body as ApiProblem
  throw new ApiError(error.code, error.message)
}
