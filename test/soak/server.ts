/**
 * The server of the soak test, in its own process: a Twilio listing of any length, with faults. Conversations are
 * generated as they are requested.
 */
import { listenWithFaults } from '../../src/testing/faults/faulty-server.ts'
import { randomSchedule } from '../../src/testing/faults/random-schedule.ts'
import { conversationId } from './conversation-id.ts'

const [count, rate, seed = ''] = process.argv.slice(2)
const total = Number(count)

const server = await listenWithFaults(
  answer,
  // Nobody listens on the discard port: a request that followed a foreign URL would fail.
  randomSchedule({ seed, rate: Number(rate), stranger: 'http://127.0.0.1:9', bombBytes: 20_000_000 }),
)

process.on('message', (message) => {
  if (message === 'report') process.send?.({ requests: server.requestCount, faults: [...server.faultCounts] })
})
process.on('disconnect', () => server.close())
process.send?.({ url: server.url })

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const size = Number(url.searchParams.get('PageSize') ?? 50)
  const offset = Number(url.searchParams.get('PageToken')?.slice(2) ?? 0)
  const end = Math.min(offset + size, total)
  url.searchParams.set('PageToken', `PT${end}`)
  return Response.json({
    conversations: Array.from({ length: end - offset }, (_, index) => conversation(offset + index)),
    meta: { key: 'conversations', next_page_url: end < total ? url.href : null },
  })
}

function conversation(index: number): object {
  return {
    conversation_sid: conversationId(index),
    conversation_friendly_name: `Conversation ${index}`,
    conversation_state: 'active',
    conversation_attributes: JSON.stringify({ index }),
    conversation_date_created: '2024-01-18T03:17:17Z',
    conversation_date_updated: '2024-01-18T03:17:17Z',
    participant_sid: `MB${index.toString(16).padStart(32, '0')}`,
    participant_messaging_binding: { type: 'sms', address: '+12025550123', proxy_address: '+12025550100' },
  }
}
