import { getResponse } from 'msw'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createStandIn, type StandIn } from '../../src/testing/index.ts'
import { channelId } from '../support/accounts.ts'

const TENANTS = 200

function tenant(number: number) {
  const digits = String(number).padStart(12, '0')
  const account = { accountSid: `AC${digits.padStart(32, '0')}`, authToken: `token-${number}` }
  const client = { clientId: `OQ${number}`, clientSecret: `client-secret-${number}` }
  const workspace = { accessKey: 'of-every-workspace', workspaceId: `0f0e0d0c-0000-4000-8000-${digits}` }
  const standIn = createStandIn({
    twilio: { ...account, ...client, conversations: [] },
    bird: { ...workspace, conversations: [] },
  })
  const basic = `Basic ${btoa(`${account.accountSid}:${account.authToken}`)}`
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_secret: client.clientSecret,
  })
  const requests = {
    Twilio: () =>
      new Request('https://conversations.twilio.com/v1/ParticipantConversations?Identity=jo', {
        headers: { authorization: basic },
      }),
    'an OAuth token': () => new Request('https://oauth.twilio.com/v2/token', { method: 'POST', body: form }),
    Bird: () =>
      new Request(
        `https://api.bird.com/workspaces/${workspace.workspaceId}/participants/p1/conversations?channelId=${channelId}`,
        { headers: { authorization: `AccessKey ${workspace.accessKey}` } },
      ),
  }
  return { standIn, requests }
}

const tenants = Array.from({ length: TENANTS }, (_, index) => tenant(index + 1))
const last = tenants.slice(-1)

/** How often a request is read until it has its response. */
async function readingsOf(request: Request, standIns: readonly StandIn[]): Promise<object> {
  const clone = vi.spyOn(request, 'clone')
  const header = vi.spyOn(request.headers, 'get')
  const response = await getResponse(
    standIns.flatMap(({ handlers }) => handlers),
    request,
  )
  expect(response?.status).toBe(200)
  return { clones: clone.mock.calls.length, headers: header.mock.calls.length }
}

describe('many stand-ins in one server', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('have one handler each, since MSW tries one after the other', () => {
    expect(tenants.flatMap(({ standIn }) => standIn.handlers)).toHaveLength(TENANTS)
  })

  for (const { standIn, requests } of last) {
    for (const [name, request] of Object.entries(requests)) {
      it(`read a request for ${name} no more often than one does`, async () => {
        const alone = await readingsOf(request(), [standIn])
        const amongAll = await readingsOf(
          request(),
          tenants.map((each) => each.standIn),
        )
        expect(amongAll).toEqual(alone)
        const handled = tenants.filter((each) => each.standIn.requests.length > 0)
        expect(handled.map((each) => each.standIn)).toEqual([standIn])
      })
    }
  }

  it('leave an issued bearer token to the account that issued it, even after it has expired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const handlers = tenants.flatMap(({ standIn }) => standIn.handlers)
    for (const { standIn, requests } of last) {
      const issued = await getResponse(handlers, requests['an OAuth token']())
      const body = await issued?.text()
      const { access_token: token } = JSON.parse(body ?? '{}')
      standIn.reset()
      const list = () =>
        getResponse(
          handlers,
          new Request(requests.Twilio(), { headers: { authorization: `Bearer ${token}` } }),
        )
      expect((await list())?.status).toBe(200)
      vi.advanceTimersByTime(3_600_000)
      expect((await list())?.status).toBe(401)
      expect(standIn.requests.map(({ status }) => status)).toEqual([200, 401])
    }
  })
})
