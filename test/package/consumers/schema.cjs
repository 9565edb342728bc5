// The schemas are made with the app's own zod, and can be part of its schemas.
const assert = require('node:assert/strict')
const { conversationSchema } = require('participant-conversations/schema')
const { fakeConversation } = require('participant-conversations/testing')
const z = require(process.env.ZOD)

const conversation = fakeConversation({ provider: 'bird' })
const text = JSON.stringify([conversation])
assert.deepEqual(z.array(conversationSchema).parse(JSON.parse(text)), [conversation])
assert.ok(conversationSchema instanceof z.ZodType)
console.log('schema')
