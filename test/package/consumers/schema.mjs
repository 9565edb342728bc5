// The schemas are made with the app's own zod, and can be part of its schemas.
import assert from 'node:assert/strict'
import { conversationSchema } from 'participant-conversations/schema'
import { fakeConversation } from 'participant-conversations/testing'

const z = await import(process.env.ZOD)
const conversation = fakeConversation({ createdAt: new Date(0) })
const text = JSON.stringify({ conversation })
assert.deepEqual(z.object({ conversation: conversationSchema }).parse(JSON.parse(text)), { conversation })
assert.throws(() => conversationSchema.parse({ ...conversation, createdAt: 'soon' }), z.ZodError)
assert.equal(z.toJSONSchema(conversationSchema, { io: 'input' }).anyOf.length, 2)
console.log('schema')
