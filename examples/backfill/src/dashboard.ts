import type { Server } from 'node:http'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { ExpressAdapter } from '@bull-board/express'
import express from 'express'
import { exportStatus } from './exporter.ts'
import type { QueueServices } from './services.ts'
import { readStatus } from './status.ts'

/**
 * Bull Board: the queues, their jobs, and buttons to pause a queue. And what belongs to no worker, for Prometheus: how far
 * the accounts are at `/metrics`, and BullMQ's own metrics at `/metrics/ACCOUNT`, since its export is one of a single queue.
 * It asks for no password.
 */
export function serveDashboard(
  services: Pick<QueueServices, 'pool' | 'redis' | 'queues'>,
  port: number,
  host: string,
): Server {
  const { queues } = services
  const app = express()
  app.get('/metrics', async (_request, response) => {
    response.type('text/plain').send(await exportStatus(await readStatus(services)))
  })
  for (const queue of queues) {
    app.get(`/metrics/${queue.name}`, async (_request, response) => {
      response.type('text/plain').send(`${await queue.exportPrometheusMetrics()}\n`)
    })
  }
  const serverAdapter = new ExpressAdapter()
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter })
  app.use('/', serverAdapter.getRouter())
  return app.listen(port, host)
}
