/**
 * A million conversations through real sockets, while 5 % of the requests go wrong. `npm run soak`, or with another
 * number, rate and seed: `npm run soak -- 100000 0.2 seed`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  type ConversationProvider,
  ConversationsError,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { RUN_HEADER } from '../../src/testing/faults/page-faults.ts'
import { conversationId } from './conversation-id.ts'

const [total = 1_000_000, rate = 0.05] = process.argv.slice(2, 4).map(Number)
const seed = process.argv[4] ?? 'soak'

const server = fork(
  fileURLToPath(new URL('server.ts', import.meta.url)),
  [String(total), String(rate), seed],
  {
    execArgv: ['--import', 'tsx'],
  },
)
const [{ url }] = await once(server, 'message')

let retries = 0
let delivered = 0
let lost = 0
let repeated = 0
let errors = 0
let peakBytes = 0
let next = 0
let cursor: string | undefined
let isComplete = false
const startedAt = performance.now()

while (!isComplete) {
  try {
    for await (const { id } of listParticipantConversations({
      provider: providerFor(errors),
      participant: { address: '+12025550123' },
      prefetch: true,
      cursor,
    })) {
      delivered += 1
      const index = Number.parseInt(id.slice(2), 16)
      if (id !== conversationId(index) || index < next) repeated += 1
      else lost += index - next
      next = Math.max(next, index + 1)
      if (delivered % 1000 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
    }
    isComplete = true
  } catch (error) {
    if (!(error instanceof ConversationsError) || error.cursor === null) throw error
    errors += 1
    cursor = error.cursor
  }
}
lost += total - next

server.send('report')
const [{ requests, faults }] = await once(server, 'message')
server.disconnect()
await once(server, 'exit')
// Connections that the server has closed take a moment to disappear here too.
await wait(100)

console.log({
  conversations: delivered,
  requests,
  faults: Object.fromEntries(faults),
  survivedByRetry: retries,
  survivedByCursor: errors,
  lost,
  repeated,
  peakMebibytes: Math.round(peakBytes / 1024 / 1024),
  openHandles: process.getActiveResourcesInfo().filter((kind) => !/TTY|Pipe|FSReq/.test(kind)),
  seconds: Math.round((performance.now() - startedAt) / 1000),
})
if (lost > 0 || repeated > 0) process.exitCode = 1

/** Each time the listing continues after an error, that is another run. */
function providerFor(run: number): ConversationProvider {
  return twilio({
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'soak-auth-token',
    baseUrl: url,
    timeoutMs: 500,
    headers: { [RUN_HEADER]: String(run) },
    maxResponseBytes: 4 * 1024 * 1024,
    retry: { retries: 3, minDelayMs: 1, maxDelayMs: 4, maxRetryAfterMs: 50 },
    hooks: {
      onRetry: () => {
        retries += 1
      },
    },
  })
}
