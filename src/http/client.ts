import { ConversationsError } from '../model/errors.ts'
import type { ApiProfile } from './api-profile.ts'
import { parseJson } from './body.ts'
import { chooseTransport } from './choose-transport.ts'
import { withDeadline } from './deadline.ts'
import type { HttpHooks, HttpSettings, RequestInfo } from './http-options.ts'
import { type Scrub, scrubSecrets, scrubUrl } from './redact.ts'
import { errorOfFault, errorOfStatus, type FailureContext } from './request-errors.ts'
import { withRetries } from './retry.ts'
import type { Answer, AnswerHead, Transport, TransportRequest } from './transport.ts'

/** A request for JSON. */
export interface JsonRequest {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** The same URL, fit to be shown. Default: the URL itself. */
  readonly redactedUrl?: () => string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whatever in this request must never be shown. */
  readonly secrets: readonly string[]
  readonly signal: AbortSignal
  /** Requests that the same call has made already, with credentials that were refused. */
  readonly attemptsBefore?: number
}

/** A response with JSON. */
export interface JsonResponse {
  readonly body: unknown
  readonly requestId: string | null
}

/** Sends one request for JSON, repeated as often as the retry options allow. */
export type JsonClient = (request: JsonRequest) => Promise<JsonResponse>

/** A client for one provider. It knows HTTP, and nothing of conversations. */
export function createJsonClient(settings: HttpSettings, profile: ApiProfile): JsonClient {
  const { provider } = profile
  const { hooks } = settings
  const transport = chooseTransport(settings)
  const headerValues = Object.values(settings.headers)

  return ({
    method = 'GET',
    url,
    redactedUrl = () => url,
    headers,
    body,
    secrets,
    signal,
    attemptsBefore = 0,
  }) => {
    const request = {
      method,
      url,
      headers: { accept: 'application/json', ...settings.headers, ...headers },
      body,
    }
    const hideSecrets: Scrub = (text) => scrubSecrets(text, [...secrets, ...headerValues])
    const infoOf = (attempt: number): RequestInfo => ({
      provider,
      method,
      url: redactedUrl(),
      attempt: attemptsBefore + attempt,
    })
    const contextOf = (attempt: number): FailureContext => ({
      profile,
      method,
      scrub: (text) => hideSecrets(scrubUrl(text, url, redactedUrl())),
      provider,
      url: redactedUrl(),
      attempts: attemptsBefore + attempt,
    })

    const attempt = async (number: number): Promise<JsonResponse> => {
      if (hooks.onRequest) await callHook(hooks, 'onRequest', infoOf(number))
      const startedAt = performance.now()
      try {
        const answer = await exchange(transport, request, settings, signal)
        const requestId = readRequestId(answer, profile, hideSecrets)
        if (hooks.onResponse) {
          const durationMs = performance.now() - startedAt
          await callHook(hooks, 'onResponse', {
            ...infoOf(number),
            status: answer.status,
            requestId,
            durationMs,
          })
        }
        if (!isSuccess(answer.status)) throw errorOfStatus(answer, requestId, contextOf(number))
        return { body: parseJson(answer.bytes, profile.title, () => contextOf(number)), requestId }
      } catch (error) {
        if (signal.aborted || error instanceof ConversationsError) throw error
        throw errorOfFault(error, settings.timeoutMs, contextOf(number))
      }
    }
    return withRetries(
      settings.retry,
      signal,
      (error, number, delayMs) => callHook(hooks, 'onRetry', { ...infoOf(number), delayMs, error }),
      attempt,
    )
  }
}

/** Sends one request and reads the whole of its answer, in time. */
async function exchange(
  transport: Transport,
  request: Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body'>,
  { timeoutMs, maxResponseBytes: maxBytes }: HttpSettings,
  caller: AbortSignal,
): Promise<Answer> {
  const answer: { head?: AnswerHead } = {}
  const onHead = (head: AnswerHead): void => {
    answer.head = head
  }
  try {
    return await withDeadline(timeoutMs, caller, (onAbort) =>
      transport({ ...request, maxBytes, onAbort, onHead }),
    )
  } catch (error) {
    // The status of an error says enough, even where its body cannot be read, or does not come.
    if (answer.head === undefined || isSuccess(answer.head.status) || caller.aborted) throw error
    return { ...answer.head, bytes: new Uint8Array() }
  }
}

function readRequestId({ header }: Answer, { requestIdHeaders }: ApiProfile, scrub: Scrub): string | null {
  const id = requestIdHeaders.map(header).find((value) => value !== null) ?? null
  return id && scrub(id)
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

type HookInfo<Name extends keyof HttpHooks> = Parameters<NonNullable<HttpHooks[Name]>>[0]

/** Hooks run in line. What one throws ends the listing: an error is never swallowed. */
async function callHook<Name extends keyof HttpHooks>(
  hooks: HttpHooks,
  name: Name,
  info: HookInfo<Name>,
): Promise<void> {
  // The compiler cannot see that a hook and its information go together by the same name.
  const hook = hooks[name] as ((info: HookInfo<Name>) => unknown) | undefined
  try {
    await hook?.(info)
  } catch (cause) {
    throw new ConversationsError(`hooks.${name} threw an error, which is the cause of this one`, {
      provider: info.provider,
      cause,
    })
  }
}
