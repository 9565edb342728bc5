// What each program lists: the customer of the stand-in at BASE_URL, or what a mock answers in its place.
import { bird, listParticipantConversations, twilio } from 'participant-conversations'

export const { BASE_URL: origin, ADDRESS: address } = process.env
export const path = '/v1/ParticipantConversations'

/** A mock's answer. */
export const page = {
  conversations: [{ conversation_sid: 'CH-mocked', conversation_state: 'active' }],
  meta: { key: 'conversations', next_page_url: null },
}

/** Resolves with the ids. */
export async function list(options, create = twilio) {
  const provider = create({ baseUrl: origin, retry: { retries: 0 }, ...options })
  const all = await listParticipantConversations({ provider, participant: { address } }).toArray()
  return all.map(({ id }) => id)
}

/** Lists with both providers, in five requests. Bird has the address in the path, Twilio in the query. */
export async function listBoth(options) {
  const ids = [...(await list(options)), ...(await list(options, bird))]
  if (ids.length !== 260) throw new Error(`${ids.length} conversations`)
}

/** Where an agent sends what it has recorded. `read` turns a body into text. */
export async function serveIntake(read) {
  const { createServer } = await import('node:http')
  const { buffer } = await import('node:stream/consumers')
  const received = []
  const server = createServer(async (request, response) => {
    received.push(await buffer(request).then(read, String))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { received, origin: `http://127.0.0.1:${server.address().port}` }
}

/** Whether anything recorded names the participant. */
export function namesParticipant(recorded) {
  return JSON.stringify(recorded).includes(address.slice(1))
}

export async function waitFor(isThere) {
  for (let tries = 0; tries < 300 && !isThere(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
