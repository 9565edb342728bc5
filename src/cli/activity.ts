import { ApiError, type ConversationsError, type HttpHooks, type RetryInfo, TimeoutError } from '../index.ts'
import type { Reporter } from './reporter.ts'
import { titleOf, titlesOf } from './titles.ts'

/** What a listing has delivered so far. `total` is null if it is not known. */
export interface Counts {
  readonly conversations: number
  readonly pages: number
  readonly total: number | null
}

/** Shows what a listing is doing, in the status line of a terminal. */
export interface Activity {
  /** Reports waits before retries. */
  readonly hooks: HttpHooks
  start(providers: readonly string[]): void
  progress(counts: Counts): void
}

export function createActivity(reporter: Reporter): Activity {
  const started = performance.now()
  let current = ''
  const show = (line: string): void => {
    current = line
    reporter.status(line)
  }
  return {
    hooks: {
      onRetry: (info) => reporter.status(describeWait(info)),
      onRequest({ attempt }) {
        if (attempt > 1) reporter.status(current)
      },
    },
    start: (providers) => show(`Requesting conversations from ${titlesOf(providers)}…`),
    progress: (counts) => show(describeProgress(counts, (performance.now() - started) / 1000)),
  }
}

function describeWait({ provider, delayMs, error }: RetryInfo): string {
  return `Waiting ${Math.max(1, Math.floor(delayMs / 1000))} s: ${describeReason(error, titleOf(provider))}`
}

function describeReason(error: ConversationsError, title: string): string {
  if (error instanceof ApiError) return `${error.status} from ${title}`
  if (error instanceof TimeoutError) return `no response from ${title} within ${error.timeoutMs / 1000} s`
  return `no connection to ${title}`
}

function describeProgress({ conversations, pages, total }: Counts, seconds: number): string {
  const share =
    total === null || total === 0 ? '' : ` of ${count(total)} (${Math.floor((100 * conversations) / total)}%)`
  const rate = count(Math.round(conversations / Math.max(0.001, seconds)))
  return `${amount(conversations, 'conversation', share)}, ${amount(pages, 'page')}, ${rate}/s`
}

function amount(number: number, what: string, share = ''): string {
  return `${count(number)}${share} ${what}${number === 1 ? '' : 's'}`
}

function count(number: number): string {
  return number.toLocaleString('en-US')
}
