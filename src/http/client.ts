import { ConversationsError } from '../model/errors.ts'
import type { Signal } from '../model/platform-types.ts'
import type { ApiProfile } from './api-profile.ts'
import { type Call, createCall } from './call.ts'
import { withDeadline } from './deadline.ts'
import { errorOfFault, errorOfStatus, type FailureContext } from './failure/request-errors.ts'
import { callHook, type RequestInfo } from './hooks.ts'
import type { HttpSettings } from './http-options.ts'
import { type Scrub, scrubUrl, secretScrubber } from './redact.ts'
import { withRetries } from './retry.ts'
import { parseJson } from './transport/body.ts'
import { chooseTransport } from './transport/choose-transport.ts'
import type { HttpResponse, ResponseHead, Transport, TransportRequest } from './transport/transport.ts'
import { userAgent } from './user-agent.ts'

/** A request for JSON. */
export interface JsonRequest {
  /** Default: `GET`. */
  readonly method?: 'GET' | 'POST'
  /** The URL with its query. */
  readonly url: string
  /** The same URL, without what must not be shown. Default: the URL itself. */
  readonly redactedUrl?: () => string
  /** Headers of this request. Those of the HTTP options are added. */
  readonly headers: Readonly<Record<string, string>>
  /** The body of a `POST`. */
  readonly body?: string | undefined
  /** Everything in this request that must never be shown. */
  readonly secrets: readonly string[]
  /** Aborts the request and its retries. */
  readonly signal: Signal
  /** The call that the request belongs to. Default: a new one. */
  readonly call?: Call
}

/** A response with JSON. */
export interface JsonResponse extends ResponseHead {
  /** The body, parsed from JSON; null for the status 204, which has none. */
  readonly body: unknown
  /** The provider's id of the request; null if it sent none. */
  readonly requestId: string | null
}

/** Sends one request for JSON, with as many retries as the options allow. */
export type JsonClient = (request: JsonRequest) => Promise<JsonResponse>

/** A client for one provider. It knows HTTP, and nothing about conversations. */
export function createJsonClient(settings: HttpSettings, profile: ApiProfile): JsonClient {
  const { provider } = profile
  const { hooks } = settings
  const transport = chooseTransport(settings)
  const headerValues = Object.values(settings.headers)
  const commonHeaders = {
    accept: 'application/json',
    ...settings.headers,
    'user-agent': userAgent(settings.headers['user-agent']),
  }

  return ({
    method = 'GET',
    url,
    redactedUrl = () => url,
    headers,
    body,
    secrets,
    signal,
    call = createCall(),
  }) => {
    const request = { method, url, headers: { ...commonHeaders, ...headers }, body }
    const hideSecrets = secretScrubber([...secrets, ...headerValues])
    const infoOf = (attempt: number): RequestInfo => ({
      provider,
      method,
      url: redactedUrl(),
      attempt,
      callId: call.id(),
      listingId: call.listingId(),
    })
    const contextOf = (attempt: number): FailureContext => ({
      profile,
      method,
      scrub: (text) => hideSecrets(scrubUrl(text, url, redactedUrl())),
      provider,
      url: redactedUrl(),
      attempts: attempt,
    })

    const attempt = async (): Promise<JsonResponse> => {
      call.attempts += 1
      const number = call.attempts
      call.lastAttempt = () => infoOf(number)
      if (hooks.onRequest) await callHook(hooks, 'onRequest', provider, () => infoOf(number))
      const startedAt = performance.now()
      const progress: Progress = {}
      try {
        const response = await exchange(transport, request, settings, signal, progress)
        const { status, header } = response
        const requestId = readRequestId(response, profile, hideSecrets)
        if (hooks.onResponse) {
          const durationMs = performance.now() - startedAt
          await callHook(hooks, 'onResponse', provider, () => ({
            ...infoOf(number),
            status,
            requestId,
            durationMs,
          }))
        }
        const fail = (meant: number): Error =>
          errorOfStatus({ ...response, status: meant }, requestId, contextOf(number))
        if (!isSuccess(status)) throw fail(status)
        const body =
          status === NO_CONTENT ? null : parseJson(response.bytes, profile.title, () => contextOf(number))
        const errorStatus = profile.errorStatus?.(body, { status, header }) ?? null
        if (errorStatus !== null) throw fail(errorStatus)
        return { body, requestId, status, header }
      } catch (error) {
        if (signal.aborted) throw error
        if (error instanceof ConversationsError) throw error
        throw errorOfFault(error, progress.head !== undefined, settings.timeoutMs, contextOf(number))
      }
    }
    return withRetries(
      settings.retry,
      signal,
      (error, delayMs) =>
        callHook(hooks, 'onRetry', provider, () => ({ ...infoOf(call.attempts), delayMs, error })),
      attempt,
    )
  }
}

/** How far an exchange has progressed. */
interface Progress {
  head?: ResponseHead
}

/** Sends one request and reads the whole response within the time limit. */
async function exchange(
  transport: Transport,
  request: Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'>,
  { timeoutMs, maxResponseBytes: maxBytes }: HttpSettings,
  caller: AbortSignal,
  progress: Progress,
): Promise<HttpResponse> {
  const onHead = (head: ResponseHead): void => {
    progress.head = head
  }
  try {
    return await withDeadline(timeoutMs, caller, ({ start: onStart, onAbort }) =>
      transport({ ...request, maxBytes, onStart, onAbort, onHead }),
    )
  } catch (error) {
    const { head } = progress
    // An error status says enough, even if its body cannot be read or never arrives.
    if (head === undefined || isSuccess(head.status) || caller.aborted) throw error
    return { ...head, bytes: new Uint8Array() }
  }
}

function readRequestId(
  { header }: HttpResponse,
  { requestIdHeaders }: ApiProfile,
  scrub: Scrub,
): string | null {
  const id = requestIdHeaders.map(header).find((value) => value !== null) ?? null
  return id && scrub(id)
}

const NO_CONTENT = 204

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}
