/** How an app tests its function: MSW mocks the network, and the library needs no configuration. */
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openConversations } from './open-conversations.ts'

const TWILIO = 'https://conversations.twilio.com/v1/ParticipantConversations'

const server = setupServer()
beforeAll(() => {
  vi.stubEnv('TWILIO_ACCOUNT_SID', `AC${'0'.repeat(32)}`)
  vi.stubEnv('TWILIO_AUTH_TOKEN', 'test-token')
  server.listen({ onUnhandledRequest: 'error' })
})
afterEach(() => server.resetHandlers())
afterAll(() => {
  server.close()
  vi.unstubAllEnvs()
})

const conversation = (id: string, state: string, updated: string) => ({
  conversation_sid: id,
  conversation_friendly_name: id === 'CH2' ? null : `About ${id}`,
  conversation_state: state,
  conversation_date_updated: updated,
})

const page = (conversations: object[]) => ({
  conversations,
  meta: { key: 'conversations', next_page_url: null },
})

test('the inbox shows the open conversations of all pages, newest first', async () => {
  server.use(
    http.get(TWILIO, ({ request }) => {
      const query = new URL(request.url).searchParams
      // A phone number has an address for each channel; this customer writes on WhatsApp.
      if (query.get('Address') !== 'whatsapp:+12025550123') return HttpResponse.json(page([]))
      return query.has('PageToken')
        ? HttpResponse.json(page([conversation('CH3', 'active', '2024-03-01T00:00:00Z')]))
        : HttpResponse.json({
            conversations: [
              conversation('CH1', 'closed', '2024-04-01T00:00:00Z'),
              conversation('CH2', 'active', '2024-02-01T00:00:00Z'),
            ],
            meta: { key: 'conversations', next_page_url: `${TWILIO}?Page=1&PageToken=PT2` },
          })
    }),
  )

  await expect(openConversations('+12025550123')).resolves.toEqual([
    { id: 'CH3', title: 'About CH3', updatedAt: new Date('2024-03-01T00:00:00Z') },
    { id: 'CH2', title: 'Untitled', updatedAt: new Date('2024-02-01T00:00:00Z') },
  ])
})

test('the inbox passes on the error for wrong credentials', async () => {
  server.use(
    http.get(TWILIO, () =>
      HttpResponse.json({ code: 20003, message: 'Authenticate', status: 401 }, { status: 401 }),
    ),
  )

  await expect(openConversations('+12025550123')).rejects.toThrow('Twilio returned 401')
})
