/** The `twilio` package with its default client, which is only told where the API is. */
import twilio from 'twilio'
import type {
  ParticipantConversationInstance,
  ParticipantConversationListInstance,
} from 'twilio/lib/rest/conversations/v1/participantConversation.js'
import { LoopbackRequestClient } from '../comparison/official-client.ts'
import { ADDRESS, TWILIO } from '../support/example-accounts.ts'
import type { List } from './list.ts'

export function participantConversations(baseUrl: string): ParticipantConversationListInstance {
  const httpClient = new LoopbackRequestClient({ providerUrl: baseUrl, strangerUrl: baseUrl })
  return twilio(TWILIO.accountSid, TWILIO.authToken, { httpClient }).conversations.v1.participantConversations
}

export const byList: List = async (baseUrl) => {
  let count = 0
  let sum = 0
  for (const conversation of await participantConversations(baseUrl).list({ address: ADDRESS })) {
    sum += read(conversation)
    count += 1
  }
  return { count, sum }
}

export const byEach: List = (baseUrl) =>
  new Promise((resolve, reject) => {
    let count = 0
    let sum = 0
    participantConversations(baseUrl).each({
      address: ADDRESS,
      callback: (conversation) => {
        sum += read(conversation)
        count += 1
      },
      done: (error?: Error) => (error ? reject(error) : resolve({ count, sum })),
    })
  })

function read(conversation: ParticipantConversationInstance): number {
  const { conversationFriendlyName, conversationAttributes, participantMessagingBinding } = conversation
  return (
    conversation.conversationSid.length +
    // Its types do not say so, but this may be null.
    (conversationFriendlyName?.length ?? 0) +
    conversation.conversationState.length +
    Number(conversation.conversationDateCreated) +
    Number(conversation.conversationDateUpdated) +
    participantMessagingBinding.address.length +
    conversationAttributes.length
  )
}
