/**
 * Writes every conversation of a participant as a line of JSON, with at most two pages in memory. If it fails, it
 * prints the cursor to continue from, so that the rest can be appended to the same file.
 *
 *     npx tsx examples/export-ndjson.ts +12025550123 > conversations.ndjson
 *     npx tsx examples/export-ndjson.ts +12025550123 CURSOR >> conversations.ndjson
 */
import { once } from 'node:events'
import { bird, ConversationsError, listParticipantConversations } from 'participant-conversations'

const [phone, cursor] = process.argv.slice(2)
if (phone === undefined) throw new Error('Usage: export-ndjson.ts PHONE_NUMBER [CURSOR]')

const list = listParticipantConversations({
  provider: bird(),
  participant: { phone },
  cursor,
  // Requests the next page while this one is written.
  prefetch: true,
})

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader, such as `head`, has read enough.
  if (error.code === 'EPIPE') process.exit()
  throw error
})

try {
  for await (const { raw, ...conversation } of list) {
    const isFull = !process.stdout.write(`${JSON.stringify(conversation)}\n`)
    if (isFull) await once(process.stdout, 'drain')
  }
} catch (error) {
  if (!(error instanceof ConversationsError)) throw error
  console.error(`${error.name}: ${error.message}`)
  if (error.cursor !== null) {
    const command = `npx tsx examples/export-ndjson.ts ${phone} ${error.cursor}`
    console.error(`To continue: ${command} >> conversations.ndjson`)
  }
  process.exitCode = 1
}
