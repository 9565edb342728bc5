import { Gauge, Registry } from 'prom-client'
import type { AccountStatus } from './status.ts'

/** What `status` prints, for Prometheus. It is from Postgres, and so the same whichever worker has been restarted. */
export async function exportStatus(accounts: readonly AccountStatus[]): Promise<string> {
  const registry = new Registry()
  const registers = [registry]
  const participants = new Gauge({
    name: 'backfill_participants',
    help: 'Participants, by state',
    labelNames: ['account', 'state'],
    registers,
  })
  const conversations = new Gauge({
    name: 'backfill_stored_conversations',
    help: 'Conversations in the table, once for each participant',
    labelNames: ['account'],
    registers,
  })
  const workers = new Gauge({
    name: 'backfill_workers',
    help: 'Workers that are connected to the queue',
    labelNames: ['account'],
    registers,
  })
  const stopped = new Gauge({
    name: 'backfill_account_stopped',
    help: '1 while the account is paused, or the provider is down',
    labelNames: ['account', 'reason'],
    registers,
  })
  for (const status of accounts) {
    const { account, finished, failed, left, hindrance } = status
    for (const [state, count] of Object.entries({ finished, failed, left })) {
      participants.set({ account, state }, count)
    }
    conversations.set({ account }, status.conversations)
    if (status.workers !== null) workers.set({ account }, status.workers)
    for (const reason of ['paused', 'down'])
      stopped.set({ account, reason }, hindrance?.kind === reason ? 1 : 0)
  }
  return registry.metrics()
}
