import {
  type BirdConversationResource,
  type BirdParticipant,
  bird,
  type HttpOptions,
  type TwilioParticipantConversation,
  twilio,
} from 'participant-conversations'
import { createStandIn, type StandIn } from 'participant-conversations/testing'
import type { Account } from '../../src/accounts.ts'
import { createActivityLog } from '../../src/activity.ts'
import { createMetrics, type Metrics } from '../../src/metrics.ts'
import { startWorker } from '../../src/start-worker.ts'
import { CREDENTIALS } from '../../stand-in/population.ts'
import type { Backfill } from './backfill.ts'

const TWILIO = { accountSid: CREDENTIALS.TWILIO_ACCOUNT_SID, authToken: CREDENTIALS.TWILIO_AUTH_TOKEN }
const BIRD = { accessKey: CREDENTIALS.BIRD_ACCESS_KEY, workspaceId: CREDENTIALS.BIRD_WORKSPACE_ID }

export interface WorkOptions {
  fetch?: HttpOptions['fetch']
  concurrency?: number
  /** Bird's. */
  channelId?: string | readonly string[]
}

/** A stand-in in this process, and workers that use it. */
export interface Stage {
  readonly standIn: StandIn
  readonly metrics: Metrics
  /** Starts a worker. It is stopped at the end of the block. */
  work(options?: WorkOptions): AsyncDisposable
}

export function setStage(
  { redis, pool, settings }: Backfill,
  {
    twilio: onTwilio = [],
    bird: onBird = [],
  }: {
    twilio?: readonly TwilioParticipantConversation[]
    bird?: readonly BirdConversationResource[]
  },
): Stage {
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: onTwilio },
    bird: { ...BIRD, conversations: onBird },
  })
  const activity = createActivityLog(pool)
  const metrics = createMetrics(activity)
  return {
    standIn,
    metrics,
    work({ fetch = standIn.fetch, concurrency = 4, channelId = CREDENTIALS.BIRD_CHANNEL_ID } = {}) {
      const http = (name: string): HttpOptions => ({
        fetch,
        retry: { retries: 0 },
        hooks: metrics.hooksFor(name),
      })
      const accounts: Account[] = [
        { name: 'twilio', provider: twilio({ ...TWILIO, ...http('twilio') }) },
        {
          name: 'bird',
          provider: bird({ ...BIRD, channelId, ...http('bird') }),
        },
      ]
      const { signal } = new AbortController()
      const stops = accounts.map((account) =>
        startWorker({ account, settings: { ...settings, concurrency }, redis, pool, metrics, signal }),
      )
      return {
        async [Symbol.asyncDispose]() {
          await Promise.all(stops.map((stop) => stop()))
          await activity.close()
        },
      }
    },
  }
}

/** The fields of a conversation that belongs to an address. */
export function twilioAddress(address: string): Partial<TwilioParticipantConversation> {
  return { participant_messaging_binding: { type: 'sms', address } }
}

export function birdContact(address: string): BirdParticipant {
  return {
    id: address,
    type: 'contact',
    status: 'active',
    displayName: address,
    contact: { identifierKey: 'phonenumber', identifierValue: address },
  }
}
