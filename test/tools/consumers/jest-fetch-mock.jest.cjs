const fetchMock = require('jest-fetch-mock')
const { listParticipantConversations, twilio } = require('participant-conversations')

test('lists what the mock answers', async () => {
  fetchMock.enableMocks()
  const conversations = [{ conversation_sid: 'CH-mocked', conversation_state: 'active' }]
  fetchMock.mockResponse(
    JSON.stringify({ conversations, meta: { key: 'conversations', next_page_url: null } }),
  )
  const { ADDRESS: address, BASE_URL: baseUrl } = process.env
  const list = listParticipantConversations({ provider: twilio({ baseUrl }), participant: { address } })
  expect((await list.toArray()).map(({ id }) => id)).toEqual(['CH-mocked'])
})
