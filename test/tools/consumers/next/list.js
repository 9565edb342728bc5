import { listParticipantConversations, twilio } from 'participant-conversations'

/** The times at which the server has sent the pages of a listing. */
export async function times(options) {
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'x', baseUrl: process.env.TIME_SERVER }
  const participant = { address: process.env.ADDRESS }
  const list = listParticipantConversations({
    provider: twilio(account),
    participant,
    pageSize: 1,
    ...options,
  })
  return JSON.stringify((await list.toArray()).map(({ title }) => title))
}
