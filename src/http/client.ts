import { ConversationsError } from '../errors.ts'
import { parseJson } from './body.ts'
import { chooseTransport } from './choose-transport.ts'
import { withDeadline } from './deadline.ts'
import { errorOfFault, errorOfStatus, type FailureContext } from './failure.ts'
import type { HttpHooks, HttpSettings, RequestInfo } from './options.ts'
import type { HttpProfile } from './profile.ts'
import { type Scrub, scrubber, urlScrubber } from './redact.ts'
import { withRetries } from './retry.ts'
import type { Answer, Transport, TransportRequest } from './transport.ts'

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
  /** Requests that the same call has made already, with credentials that were refused. */
  readonly attemptsBefore?: number
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
  const transport = chooseTransport(settings)
  const headerValues = Object.values(settings.headers)

  return ({ method = 'GET', url, redactedUrl, headers, body, secrets, signal, attemptsBefore = 0 }) => {
    const hideSecrets = scrubber([...secrets, ...headerValues])
    // Only errors need it.
    const scrub = (text: string): string => hideSecrets(urlScrubber(url, redactedUrl)(text))
    const request = {
      method,
      url,
      headers: { accept: 'application/json', ...settings.headers, ...headers },
      body,
    }
    const infoOf = (attempt: number): RequestInfo => ({
      provider,
      method,
      url: redactedUrl,
      attempt: attemptsBefore + attempt,
    })
    const hook: HookCaller = (name, info) => callHook(settings.hooks, name, info)

    const attempt = async (number: number): Promise<JsonResponse> => {
      const info = infoOf(number)
      await hook('onRequest', info)
      const context: FailureContext = {
        profile,
        method,
        scrub,
        provider,
        url: redactedUrl,
        attempts: info.attempt,
      }
      const startedAt = performance.now()
      try {
        const answer = await exchange(transport, request, settings, signal)
        const durationMs = performance.now() - startedAt
        const requestId = readRequestId(answer, profile, hideSecrets)
        await hook('onResponse', { ...info, status: answer.status, requestId, durationMs })
        if (!isSuccess(answer.status)) throw errorOfStatus(answer, requestId, context)
        return { body: parseJson(answer.bytes, profile.title, context), requestId }
      } catch (error) {
        if (signal.aborted || error instanceof ConversationsError) throw error
        throw errorOfFault(error, settings.timeoutMs, context)
      }
    }
    return withRetries(
      settings.retry,
      signal,
      (error, number, delayMs) => hook('onRetry', { ...infoOf(number), delayMs, error }),
      attempt,
    )
  }
}

/** Sends one request and reads the whole of its answer, in time. */
async function exchange(
  transport: Transport,
  request: Omit<TransportRequest, 'signal'>,
  { timeoutMs, maxResponseBytes }: HttpSettings,
  caller: AbortSignal,
): Promise<Answer> {
  const failed: Answer[] = []
  try {
    return await withDeadline(timeoutMs, caller, async (signal) => {
      const { status, header, read } = await transport({ ...request, signal })
      if (!isSuccess(status)) failed.push({ status, header, bytes: new Uint8Array() })
      return { status, header, bytes: await read(maxResponseBytes) }
    })
  } catch (error) {
    // The status of an error says enough, even where its body cannot be read, or does not come.
    const [head] = failed
    if (head !== undefined && !caller.aborted) return head
    throw error
  }
}

function readRequestId({ header }: Answer, { requestIdHeaders }: HttpProfile, scrub: Scrub): string | null {
  const id = requestIdHeaders.map(header).find((value) => value !== null) ?? null
  return id && scrub(id)
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

type HookInfo<Name extends keyof HttpHooks> = Parameters<NonNullable<HttpHooks[Name]>>[0]
type HookCaller = <Name extends keyof HttpHooks>(name: Name, info: HookInfo<Name>) => Promise<void>

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
