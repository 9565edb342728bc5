import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq'
import type { Breaker } from './breaker.ts'
import { isUnavailable } from './database.ts'
import { listAndStorePage, type PageServices } from './list-and-store-page.ts'
import { startOver } from './place.ts'
import type { JobData, ParticipantQueue } from './queue.ts'
import { slowDown, type TurnCheck } from './rate-limit.ts'
import { pauseAccount } from './stopped-account.ts'
import { judge } from './verdict.ts'

export interface PageContext extends PageServices {
  readonly queue: ParticipantQueue
  readonly breaker: Breaker
  readonly hasMissedItsTurn: TurnCheck
  /** Aborted when the process has no time left. */
  readonly signal: AbortSignal
}

type PageJob = Job<JobData, void>

/** How often a page may fail in a row while the provider answers others. With the waits in between, about a minute. */
const MAX_FAILURES = 8

/**
 * Lists and stores one page, and puts the job back in the queue for the next one. BullMQ's limiter counts how often jobs
 * begin: with one request each time, that is a limit of requests. When it returns, the participant is finished.
 */
export async function processPage(job: PageJob, token: string, context: PageContext): Promise<void> {
  if (context.hasMissedItsTurn(job)) return backInQueue(job, token)
  try {
    const place = await listAndStorePage(context, job.data)
    await context.breaker.answered()
    if (place === null) return
    await job.updateData({ ...place, failures: 0 })
  } catch (error) {
    if (!context.signal.aborted) await handleFailure(error, job, token, context).catch(unlessPostgresIsAway)
  }
  return backInQueue(job, token)

  async function unlessPostgresIsAway(error: unknown): Promise<never> {
    if (error instanceof UnrecoverableError || !isUnavailable(error)) throw error
    return delay(job, token, 1)
  }
}

/** Throws what BullMQ is to do with the job, or returns if it may go on at once. */
async function handleFailure(
  error: unknown,
  job: PageJob,
  token: string,
  { queue, pool, breaker }: PageContext,
): Promise<void> {
  const { cursor, failures } = job.data
  const verdict = judge(error, cursor)
  switch (verdict.action) {
    case 'slow down':
      await breaker.answered()
      await slowDown(queue, verdict.forMs)
      throw Worker.RateLimitError()
    case 'try later':
      // To the tail of the queue, so that the next attempt is another participant.
      if (await breaker.failed(messageOf(error))) return delay(job, token, 0)
      if (failures + 1 === MAX_FAILURES) throw giveUp(error)
      await job.updateData({ ...job.data, failures: failures + 1 })
      return delay(job, token, failures)
    case 'wait for Postgres':
      return delay(job, token, 1)
    case 'start over':
      await breaker.answered()
      if (!(await startOver(pool, job.data))) throw giveUp(error)
      await job.updateData({ ...job.data, cursor: null })
      return
    case 'stop the account':
      await breaker.answered()
      await pauseAccount(pool, queue, messageOf(error), new Date(job.processedOn ?? 0))
      return
    case 'give up':
      await breaker.answered()
      throw giveUp(error)
  }
}

/** Doubles from a second to half a minute, with jitter: those that failed together do not return together. */
async function delay(job: PageJob, token: string, failures: number): Promise<never> {
  const ms = Math.min(1_000 * 2 ** failures, 30_000) * (0.5 + Math.random() / 2)
  await job.moveToDelayed(Date.now() + ms, token)
  throw new DelayedError()
}

/** To the head of the queue: a participant is finished before another one begins. */
async function backInQueue(job: PageJob, token: string): Promise<never> {
  await job.moveToWait(token)
  throw new WaitingError()
}

function giveUp(error: unknown): Error {
  return new UnrecoverableError(messageOf(error))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
