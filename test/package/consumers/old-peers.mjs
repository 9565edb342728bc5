// An app with an older zod and an older MSW uses everything that needs neither, and is told what the rest requires.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { listParticipantConversations, twilio } from 'participant-conversations'
import { createStandIn } from 'participant-conversations/testing'

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'x' }
const standIn = createStandIn({ twilio: { ...account, conversations: [] } })
const provider = twilio({ ...account, fetch: standIn.fetch })
const participant = { phone: '+12025550123' }
assert.deepEqual(await listParticipantConversations({ provider, participant }).toArray(), [])
assert.throws(() => standIn.handlers, /requires MSW 2 or 3, and the installed version is older/)

const schema = 'participant-conversations/schema'
const require = createRequire(import.meta.url)
assert.throws(() => require(schema), isAboutZod)
await assert.rejects(import(schema), isAboutZod)
function isAboutZod({ code, message }) {
  return code === 'ERR_PACKAGE_PATH_NOT_EXPORTED' && message.includes("'./v4'") && message.includes('zod')
}
console.log('old peers')
