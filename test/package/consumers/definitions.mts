// Names of each kind, of several entries: test/package/definitions.ts follows each to its source.
import { ConnectionError, listParticipantConversations, type TwilioOptions } from 'participant-conversations'
import { defineProvider } from 'participant-conversations/adapter'
import { bird } from 'participant-conversations/bird'
import { twilio } from 'participant-conversations/twilio'

const options: TwilioOptions = { authToken: 'x', timeoutMs: 1000 }
const list = listParticipantConversations({
  provider: twilio(options),
  participant: { address: '+12025550123' },
  pageSize: 20,
})
list.toArray().then(([conversation]) => {
  console.log(conversation?.updatedAt, conversation?.raw.conversation_sid, bird, defineProvider)
})
console.log(new ConnectionError('x', { url: '', attempts: 1 }).isRetryable)
