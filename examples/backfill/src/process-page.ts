import { DelayedError, type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq'
import { listAndStorePage, type PageServices } from './list-and-store-page.ts'
import { startOver } from './place.ts'
import type { JobData, ParticipantQueue } from './queue.ts'
import { slowDown, type TurnCheck } from './rate-limit.ts'
import { judge } from './verdict.ts'

export interface PageContext extends PageServices {
  readonly queue: ParticipantQueue
  readonly hasMissedItsTurn: TurnCheck
  /** Aborted when the process has no time left. */
  readonly signal: AbortSignal
}

type PageJob = Job<JobData, void>

/**
 * Lists and stores one page, and puts the job back in the queue for the next one. BullMQ's limiter counts how often jobs
 * begin: with one request each time, that is a limit of requests. When it returns, the participant is finished.
 */
export async function processPage(job: PageJob, token: string, context: PageContext): Promise<void> {
  if (context.hasMissedItsTurn(job)) return backInQueue(job, token)
  try {
    const place = await listAndStorePage(context, job.data)
    if (place === null) return
    await job.updateData({ ...place, failures: 0 })
  } catch (error) {
    if (!context.signal.aborted) await handleFailure(error, job, token, context)
  }
  return backInQueue(job, token)
}

/** Throws what BullMQ is to do with the job, or returns if it may go on at once. */
async function handleFailure(
  error: unknown,
  job: PageJob,
  token: string,
  context: PageContext,
): Promise<void> {
  const { queue, pool } = context
  const verdict = judge(error, job.data)
  switch (verdict.action) {
    case 'slow down':
      await slowDown(queue, verdict.forMs)
      throw Worker.RateLimitError()
    case 'try later':
      await job.updateData({ ...job.data, failures: verdict.failures })
      await job.moveToDelayed(Date.now() + verdict.afterMs, token)
      throw new DelayedError()
    case 'start over':
      if (!(await startOver(pool, job.data))) throw giveUp(error)
      await job.updateData({ ...job.data, cursor: null })
      return
    case 'stop the account':
      console.error(`${queue.name} is paused: ${messageOf(error)}`)
      await queue.pause()
      return
    case 'give up':
      throw giveUp(error)
  }
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
