import library = require('participant-conversations')
import schema = require('participant-conversations/schema')

export const conversation: library.Conversation = schema.conversationSchema.parse({})
