import { ApplicationFailure } from '@temporalio/activity'
import { ConversationsError, RateLimitError } from 'participant-conversations'
import { listAndStorePage, type PageServices } from '../src/list-and-store-page.ts'
import type { Place } from '../src/place.ts'

export const createActivities = (services: PageServices) => ({
  async listAndStore(place: Place): Promise<Place | null> {
    try {
      return await listAndStorePage(services, place)
    } catch (error) {
      if (!(error instanceof ConversationsError)) throw error
      const retryAfterMs = error instanceof RateLimitError ? error.retryAfterMs : null
      throw ApplicationFailure.create({
        message: error.message,
        nonRetryable: !error.isRetryable,
        ...(retryAfterMs !== null && { nextRetryDelay: retryAfterMs }),
      })
    }
  },
})
