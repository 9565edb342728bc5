import { count, duration, plural, timeOf } from './format.ts'
import type { Settings } from './settings.ts'
import type { AccountStatus, Hindrance } from './status.ts'
import type { StoppedAccount } from './stopped-account.ts'

/**
 * What `status` and `run` print: a line for all accounts, one for each, and below it what it waits for.
 *
 *     1,840 of 2,000 participants · 91,530 conversations · 2,691 requests, 14 × 429 · 4 s left
 *     twilio  920 of 1,000 · 2 workers · 44.1 of 50 requests/s · 0.2 errors/s · 4 s left
 *     bird    920 of 1,000 · 2 workers · 43.8 of 50 requests/s · 0.2 errors/s · 4 s left
 */
export function statusLines(
  accounts: readonly AccountStatus[],
  { requestsPerSecond }: Pick<Settings, 'requestsPerSecond'>,
): string[] {
  if (accounts.length === 0) return ['No participants yet: add some with "import"']
  const width = Math.max(...accounts.map(({ account }) => account.length))
  return [
    totalLine(accounts),
    ...accounts.flatMap((account) => accountLines(account, width, requestsPerSecond)),
  ]
}

/** What to do about those that failed for good. */
export function failedLines(accounts: readonly AccountStatus[]): string[] {
  const failed = accounts.reduce((sum, account) => sum + account.failed, 0)
  return failed > 0 ? [`${plural(failed, 'participant')} failed: see "failed" and "retry"`] : []
}

function totalLine(accounts: readonly AccountStatus[]): string {
  const sum = (
    key: 'participants' | 'finished' | 'failed' | 'conversations' | 'requests' | 'rateLimited' | 'left',
  ) => accounts.reduce((total, account) => total + account[key], 0)
  return joined([
    `${doneOf(sum('finished') + sum('failed'), sum('failed'), sum('participants'))} participants`,
    `${count(sum('conversations'))} conversations`,
    `${count(sum('requests'))} requests, ${count(sum('rateLimited'))} × 429`,
    totalTimeLeft(accounts.filter(({ left }) => left > 0)),
  ])
}

function totalTimeLeft(unfinished: readonly AccountStatus[]): string {
  if (unfinished.length === 0) return 'done'
  const waiting = unfinished.filter((account) => !isGoingOn(account))
  if (waiting.length > 0) return `waits for ${waiting.map(({ account }) => account).join(' and ')}`
  const seconds = Math.max(...unfinished.map(secondsLeft))
  return Number.isFinite(seconds) ? `${duration(seconds)} left` : ''
}

function accountLines(status: AccountStatus, width: number, limit: number): string[] {
  const { account, participants, finished, failed, left, hindrance, workers } = status
  const line = joined([
    `${account.padEnd(width)}  ${doneOf(finished + failed, failed, participants)}`,
    workers === null ? '' : plural(workers, 'worker'),
    `${status.requestsPerSecond.toFixed(1)}${limit > 0 ? ` of ${limit}` : ''} requests/s`,
    `${status.errorsPerSecond.toFixed(1)} errors/s`,
    timeLeft(status),
  ])
  const indent = ' '.repeat(width + 2)
  return [line, ...(left > 0 && hindrance !== null ? explain(hindrance).map((text) => indent + text) : [])]
}

/** Nothing if it cannot be known: the account waits, has just begun, or nothing was done in the last minute. */
function timeLeft(status: AccountStatus): string {
  if (status.left === 0) return 'done'
  const seconds = secondsLeft(status)
  return isGoingOn(status) && Number.isFinite(seconds) ? `${duration(seconds)} left` : ''
}

function secondsLeft({ left, donePerSecond }: AccountStatus): number {
  return donePerSecond === null ? Number.POSITIVE_INFINITY : left / donePerSecond
}

function isGoingOn({ hindrance }: AccountStatus): boolean {
  return hindrance === null || hindrance.kind === 'slowed down'
}

function explain(hindrance: Hindrance): string[] {
  switch (hindrance.kind) {
    case 'paused':
      if (hindrance.stop === undefined) return ['paused by hand: resume it in the dashboard, or with "retry"']
      return [
        `paused since ${timeOf(hindrance.stop.since)}: ${hindrance.stop.error}`,
        'To go on, correct the credentials, restart the workers, and run "retry"',
      ]
    case 'down':
      return hindrance.stop === undefined ? ['down'] : [downLine(hindrance.stop)]
    case 'slowed down':
      return [`waits ${duration(hindrance.forMs / 1000)}, as the provider has asked (429)`]
    case 'no worker':
      return ['waits for a worker: start one with "worker"']
    case 'no credentials':
      return ['waits for credentials: there are none for this account in the environment']
    case 'Redis is away':
      return ['waits for Redis']
  }
}

function downLine({ since, attempts, nextAttemptInMs, error }: StoppedAccount): string {
  const seconds = (nextAttemptInMs ?? 0) / 1000
  const next = seconds > 0 ? `next attempt in ${duration(seconds)}` : 'next attempt now'
  return `down since ${timeOf(since)}, ${plural(attempts, 'attempt')}, ${next}: ${error}`
}

function doneOf(done: number, failed: number, all: number): string {
  return `${count(done)} of ${count(all)}${failed > 0 ? ` (${count(failed)} failed)` : ''}`
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ')
}
