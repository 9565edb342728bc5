const {
  AuthenticationError,
  bird,
  listParticipantConversations,
  twilio,
} = require('participant-conversations')

const baseUrl = process.env.BASE_URL
const accountSid = process.env.TWILIO_ACCOUNT_SID
const participant = { address: process.env.ADDRESS }

async function main() {
  const counts = []
  for (const provider of [twilio({ baseUrl }), bird({ baseUrl })]) {
    const all = await listParticipantConversations({ provider, participant, prefetch: true }).toArray()
    counts.push(provider.name, all.length)
  }
  const provider = twilio({ baseUrl, accountSid, authToken: 'another-token' })
  // The error of the CommonJS copy is one to the ESM copy too.
  const esm = await import('participant-conversations')
  try {
    await listParticipantConversations({ provider, participant }).toArray()
  } catch (error) {
    if (error instanceof AuthenticationError && error instanceof esm.AuthenticationError) {
      counts.push(error.name, error.status)
    }
  }
  console.log(...counts)
}

main()
