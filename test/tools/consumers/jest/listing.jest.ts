import {
  AuthenticationError,
  type Conversation,
  listParticipantConversations,
  twilio,
} from 'participant-conversations'
import { bird } from 'participant-conversations/bird'

const participant = { address: String(process.env.ADDRESS) }
const baseUrl = String(process.env.BASE_URL)

test('lists every page of both providers', async () => {
  for (const provider of [twilio({ baseUrl }), bird({ baseUrl })]) {
    const all: Conversation[] = await listParticipantConversations({ provider, participant }).toArray()
    expect(all).toHaveLength(130)
  }
})

test('recognizes an error by its class', async () => {
  const provider = bird({
    baseUrl,
    accessKey: 'wrong',
    workspaceId: '00000000-0000-4000-8000-000000000001',
    channelId: 'x',
  })
  await expect(listParticipantConversations({ provider, participant }).toArray()).rejects.toThrow(
    AuthenticationError,
  )
})
