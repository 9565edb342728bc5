import type PgBoss from 'pg-boss'
import { listAndStorePage, type PageServices } from '../src/list-and-store-page.ts'
import type { Place } from '../src/place.ts'

export async function workOnPgBoss(boss: PgBoss, queue: string, services: PageServices): Promise<void> {
  // 25 pages every half a second: the limit of one worker, not of all.
  const options = { batchSize: 25, pollingIntervalSeconds: 0.5 }
  await boss.work<Place>(queue, options, async (jobs) => {
    await Promise.all(
      jobs.map(async ({ data }) => {
        const next = await listAndStorePage(services, data)
        if (next !== null) await boss.send(queue, next, { retryLimit: 8, retryBackoff: true })
      }),
    )
  })
}
