import { createServer, type Server } from 'node:http'
import type { HttpHooks } from 'participant-conversations'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { ActivityLog } from './activity.ts'

/** The metrics of a worker process. The library's hooks feed those of the requests. */
export interface Metrics {
  readonly registry: Registry
  hooksFor(account: string): HttpHooks
  countPage(account: string, conversations: number): void
  countParticipant(account: string, outcome: 'finished' | 'failed'): void
}

export function createMetrics(activity: ActivityLog): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const durations = new Histogram({
    name: 'backfill_request_duration_seconds',
    help: 'Time from a request to the end of its response, by HTTP status',
    labelNames: ['account', 'status'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const requests = new Counter({
    name: 'backfill_requests_total',
    help: 'Requests that were sent',
    labelNames: ['account'],
    registers,
  })
  const errors = new Counter({
    name: 'backfill_request_errors_total',
    help: 'Requests without a usable response, by error class',
    labelNames: ['account', 'error'],
    registers,
  })
  const conversations = new Counter({
    name: 'backfill_conversations_total',
    help: 'Conversations that were stored',
    labelNames: ['account'],
    registers,
  })
  const participants = new Counter({
    name: 'backfill_participants_total',
    help: 'Participants that are done, by outcome',
    labelNames: ['account', 'outcome'],
    registers,
  })

  return {
    registry,
    hooksFor: (account) => ({
      onRequest() {
        requests.inc({ account })
        activity.add(account, 'requests')
      },
      onResponse({ status, durationMs }) {
        durations.observe({ account, status }, durationMs / 1000)
        if (status === 429) activity.add(account, 'rate_limited')
      },
      onError({ error }) {
        errors.inc({ account, error: error.name })
        activity.add(account, 'errors')
      },
    }),
    countPage: (account, count) => conversations.inc({ account }, count),
    countParticipant: (account, outcome) => participants.inc({ account, outcome }),
  }
}

/** Serves the metrics at `/metrics`, on loopback unless a host is set. */
export function serveMetrics({ registry }: Metrics, port: number, host: string): Server {
  const server = createServer(async ({ url }, response) => {
    if (url !== '/metrics') return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics())
  })
  return server.listen(port, host)
}
