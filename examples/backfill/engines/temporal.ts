import { continueAsNew, proxyActivities } from '@temporalio/workflow'
import type { Place } from '../src/place.ts'
import type { createActivities } from './temporal-activities.ts'

const { listAndStore } = proxyActivities<ReturnType<typeof createActivities>>({
  startToCloseTimeout: '30 seconds',
})

export async function backfillParticipant(start: Place): Promise<void> {
  let place: Place | null = start
  for (let pages = 0; place !== null && pages < 1_000; pages++) place = await listAndStore(place)
  // The history of a workflow must not grow without end.
  if (place !== null) await continueAsNew<typeof backfillParticipant>(place)
}
