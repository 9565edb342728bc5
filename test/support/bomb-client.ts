/** Lists from a server whose response expands to gigabytes, and prints how much memory that took. */
import { ConversationsError, listParticipantConversations, twilio } from '../../src/index.ts'
import { peakMemory } from './peak-memory.ts'

const [baseUrl = '', transport] = process.argv.slice(2)

const provider = twilio({
  accountSid: `AC${'0'.repeat(32)}`,
  authToken: 'bomb-auth-token',
  baseUrl,
  ...(transport === 'fetch' ? { fetch: globalThis.fetch } : {}),
})
const list = (address: string) =>
  listParticipantConversations({ provider, participant: { address } }).toArray()

// The first response is valid, so that everything needed is loaded before memory is measured.
await list('+12025550123')
const before = peakMemory()
try {
  await list('+12025550199')
} catch (error) {
  if (!(error instanceof ConversationsError)) throw error
  const grownMebibytes = (peakMemory() - before) / 2 ** 20
  console.log(JSON.stringify({ name: error.name, message: error.message, grownMebibytes }))
}
