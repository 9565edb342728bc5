import { ConversationsError } from '../errors.ts'
import { parseJson } from './body.ts'
import { chooseTransport } from './choose-transport.ts'
import { withDeadline } from './deadline.ts'
import { type ErrorBody, errorOfFault, errorOfStatus, type FailureContext } from './failure.ts'
import type { HttpHooks, HttpSettings, RequestInfo } from './options.ts'
import { scrubber } from './redact.ts'
import { withRetries } from './retry.ts'
import type { Answer, Transport, TransportRequest } from './transport.ts'

/** What differs between the providers' HTTP. */
export interface HttpProfile {
  /** The adapter's name, for errors and hooks. */
  readonly provider: string
  /** The provider's name, for sentences. */
  readonly title: string
  /** Response headers that may hold the id of a request, the best first. */
  readonly requestIdHeaders: readonly string[]
  readErrorBody(body: unknown): ErrorBody
  /** What to do about an error; null where the adapter knows nothing better than the general advice. */
  advice(status: number, code: string | number | null): string | null
}

export interface JsonRequest {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** The same URL, fit to be shown. */
  readonly redactedUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whatever in this request must never be shown. */
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
}

export interface JsonResponse {
  readonly body: unknown
  readonly requestId: string | null
}

/** Sends one request for JSON, repeated as often as the retry options allow. */
export type JsonClient = (request: JsonRequest) => Promise<JsonResponse>

/** A client for one provider. It knows HTTP, and nothing of conversations. */
export function createJsonClient(settings: HttpSettings, profile: HttpProfile): JsonClient {
  const { provider } = profile
  const { hooks, timeoutMs, maxResponseBytes } = settings
  const transport = chooseTransport(settings)

  return ({ method = 'GET', url, redactedUrl, headers, body, secrets, signal }) => {
    const scrub = scrubber([...secrets, ...Object.values(settings.headers)])
    const info = (attempt: number): RequestInfo => ({ provider, method, url: redactedUrl, attempt })

    const attempt = async (number: number): Promise<JsonResponse> => {
      callHook(hooks, 'onRequest', info(number), provider)
      const context: FailureContext = { provider, url: redactedUrl, attempts: number, profile, method, scrub }
      const allHeaders = { accept: 'application/json', ...settings.headers, ...headers }
      const startedAt = performance.now()
      try {
        const answer = await withDeadline(timeoutMs, signal, (attemptSignal) =>
          exchange(
            transport,
            { method, url, headers: allHeaders, body, signal: attemptSignal },
            maxResponseBytes,
          ),
        )
        const { status } = answer
        const requestId = profile.requestIdHeaders.map(answer.header).find((id) => id !== null) ?? null
        const durationMs = performance.now() - startedAt
        callHook(hooks, 'onResponse', { ...info(number), status, requestId, durationMs }, provider)
        if (!isSuccess(status)) throw errorOfStatus(answer, requestId, context)
        return { body: parseJson(answer.bytes, profile.title, context), requestId }
      } catch (error) {
        if (signal.aborted || error instanceof ConversationsError) throw error
        throw errorOfFault(error, timeoutMs, context)
      }
    }

    return withRetries(
      settings.retry,
      signal,
      (error, number, delayMs) => callHook(hooks, 'onRetry', { ...info(number), delayMs, error }, provider),
      attempt,
    )
  }
}

async function exchange(transport: Transport, request: TransportRequest, maxBytes: number): Promise<Answer> {
  const response = await transport(request)
  const { status, header } = response
  const reading = response.read(maxBytes)
  // The status of an error says enough, even where its body cannot be read.
  const bytes = await (isSuccess(status) ? reading : reading.catch(() => new Uint8Array()))
  return { status, header, bytes }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

/** Hooks run in line. What one throws ends the listing: an error is never swallowed. */
function callHook<Name extends keyof HttpHooks>(
  hooks: HttpHooks,
  name: Name,
  info: Parameters<NonNullable<HttpHooks[Name]>>[0],
  provider: string,
): void {
  try {
    // The compiler cannot see that a hook and its information go together by the same name.
    ;(hooks[name] as ((info: unknown) => void) | undefined)?.(info)
  } catch (cause) {
    throw new ConversationsError(`hooks.${name} threw an error, which is the cause of this one`, {
      provider,
      cause,
    })
  }
}
