const { HttpResponse, http } = require('msw')
const { setupServer } = require('msw/node')
const { listParticipantConversations, twilio } = require('participant-conversations')

const { ADDRESS: address, BASE_URL: baseUrl } = process.env
const list = () =>
  listParticipantConversations({ provider: twilio({ baseUrl }), participant: { address } }).toArray()

test('lists over HTTP in a document', async () => {
  expect(document.body).toBeTruthy()
  expect(await list()).toHaveLength(130)
})

test('lists what MSW answers', async () => {
  const page = { conversations: [], meta: { key: 'conversations', next_page_url: null } }
  const server = setupServer(http.get(`${baseUrl}/*`, () => HttpResponse.json(page)))
  server.listen({ onUnhandledRequest: 'error' })
  expect(await list()).toEqual([])
  server.close()
})
