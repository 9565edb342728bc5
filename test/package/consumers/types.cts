import library = require('participant-conversations')

export async function ids(): Promise<string[]> {
  const list = library.listParticipantConversations({
    provider: library.bird(),
    participant: { identifierKey: 'phonenumber', identifierValue: '+12025550123' },
    providerOptions: { bird: { reverse: true } },
  })
  const conversations: library.BirdConversation[] = await list.toArray()
  return conversations.map((conversation) => conversation.raw.id)
}
