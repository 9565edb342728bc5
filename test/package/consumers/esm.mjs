import { AuthenticationError, bird, listParticipantConversations, twilio } from 'participant-conversations'

const baseUrl = process.env.BASE_URL
const accountSid = process.env.TWILIO_ACCOUNT_SID
const participant = { address: process.env.ADDRESS }

const counts = []
for (const provider of [twilio({ baseUrl }), bird({ baseUrl })]) {
  let count = 0
  for await (const conversation of listParticipantConversations({ provider, participant })) {
    if (conversation.provider === provider.name) count += 1
  }
  counts.push(provider.name, count)
}
try {
  const provider = twilio({ baseUrl, accountSid, authToken: 'another-token' })
  await listParticipantConversations({ provider, participant }).toArray()
} catch (error) {
  if (error instanceof AuthenticationError) counts.push(error.name, error.status)
}
console.log(...counts)
