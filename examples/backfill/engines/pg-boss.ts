import { createHash } from 'node:crypto'
import type PgBoss from 'pg-boss'
import { listAndStorePage, type PageServices } from '../src/list-and-store-page.ts'
import type { Place } from '../src/place.ts'

export async function workOnPgBoss(boss: PgBoss, queue: string, services: PageServices): Promise<void> {
  // A batch is one job, since pg-boss retries a whole batch if one job fails. The interval can end 100 ms early, so this
  // is at most 25 pages per 500 ms in one process, not overall.
  const options = { batchSize: 1, pollingIntervalSeconds: 0.6 }
  for (let workers = 0; workers < 25; workers++) {
    await boss.work<Place>(queue, options, async (jobs) => {
      for (const { id, data } of jobs) {
        const next = await listAndStorePage(services, data)
        const sendOptions = { id: idAfter(id), retryLimit: 8, retryBackoff: true }
        if (next !== null) await boss.send(queue, next, sendOptions)
      }
    })
  }
}

/** The id of the next job. It is always the same, so a job that runs twice is followed by one job, not by two. */
function idAfter(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32)
}
