import adapter = require('participant-conversations/adapter')
import bird = require('participant-conversations/bird')
import everything = require('participant-conversations')
import testing = require('participant-conversations/testing')
import twilio = require('participant-conversations/twilio')

export async function ids(): Promise<string[]> {
  const list = everything.listParticipantConversations({
    provider: everything.bird(),
    participant: { identifierKey: 'phonenumber', identifierValue: '+12025550123' },
  })
  const conversations: bird.BirdConversation[] = await list.toArray()
  return conversations.map((conversation) => conversation.raw.id)
}

export const provider: everything.ConversationProvider = twilio.twilio()
export const authorization: adapter.Authorization = adapter.bearer('x')
export const standIn: testing.StandIn = testing.createStandIn({})
