import type { Server } from 'node:http'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { ExpressAdapter } from '@bull-board/express'
import express from 'express'
import type { ParticipantQueue } from './queue.ts'

/** Bull Board: the queues, their jobs, and buttons to pause a queue and to send a job again. It asks for no password. */
export function serveDashboard(queues: readonly ParticipantQueue[], port: number, host: string): Server {
  const serverAdapter = new ExpressAdapter()
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter })
  const app = express()
  app.use('/', serverAdapter.getRouter())
  return app.listen(port, host)
}
