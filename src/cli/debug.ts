import type { HttpHooks, RequestInfo } from '../index.ts'
import type { Reporter } from './reporter.ts'
import { showSafely } from './text.ts'

/** Hooks that log each attempt of a request, and each wait for the next one. The URLs hide who is looked up. */
export function debugHooks({ tell }: Reporter): HttpHooks {
  const log = ({ method, url, attempt }: RequestInfo, what: string): void =>
    tell(showSafely(`${method} ${url}${attempt === 1 ? '' : ` (attempt ${attempt})`}: ${what}`))
  return {
    onResponse(info) {
      const id = info.requestId === null ? '' : `, request id ${info.requestId}`
      log(info, `${info.status} in ${Math.round(info.durationMs)} ms${id}`)
    },
    onRetry: (info) => log(info, `${info.error.name}, next attempt in ${Math.round(info.delayMs)} ms`),
    onError: (info) => log(info, `${info.error.name}, no further attempt`),
  }
}

/** Hooks that call the hooks of each of several objects. */
export function combineHooks(all: readonly HttpHooks[]): HttpHooks {
  return {
    onRequest: (info) => all.forEach((hooks) => void hooks.onRequest?.(info)),
    onResponse: (info) => all.forEach((hooks) => void hooks.onResponse?.(info)),
    onRetry: (info) => all.forEach((hooks) => void hooks.onRetry?.(info)),
    onError: (info) => all.forEach((hooks) => void hooks.onError?.(info)),
  }
}
