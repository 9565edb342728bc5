import { describe, expect, it } from 'vitest'
import { listParticipantConversations, PaginationError, twilio } from '../../../src/index.ts'
import { listen } from '../../../src/testing/server.ts'
import {
  accountSid,
  address,
  authToken,
  errorOf,
  idsOf,
  recordingFetch,
  twilioPage,
  twilioWith,
} from '../../support/listing.ts'

const path = '/v1/ParticipantConversations'
const own = `https://conversations.twilio.com${path}`
const participant = { address }

describe("Twilio's next_page_url", () => {
  const foreign = {
    'another host': `https://evil.example${path}?PageToken=PT1`,
    "a host that starts like Twilio's": `https://conversations.twilio.com.evil.example${path}?PageToken=PT1`,
    "a host that ends like Twilio's": `https://evil-conversations.twilio.com${path}?PageToken=PT1`,
    'another region': `https://conversations.dublin.ie1.twilio.com${path}?PageToken=PT1`,
    'another scheme': `http://conversations.twilio.com${path}?PageToken=PT1`,
    'a scheme other than http': `ftp://conversations.twilio.com${path}?PageToken=PT1`,
    'a javascript: URL': 'javascript:alert(1)',
    'another port': `https://conversations.twilio.com:8443${path}?PageToken=PT1`,
    'a user name': `https://someone@conversations.twilio.com${path}?PageToken=PT1`,
    'a password': `https://:pass@conversations.twilio.com${path}?PageToken=PT1`,
    'Twilio as the user name of another host': `https://conversations.twilio.com@evil.example${path}?PageToken=PT1`,
    'a host with a trailing dot': `https://conversations.twilio.com.${path}?PageToken=PT1`,
    'another path': 'https://conversations.twilio.com/v1/Conversations?PageToken=PT1',
    'a path below the endpoint': `${own}/CH1?PageToken=PT1`,
    'a trailing slash': `${own}/?PageToken=PT1`,
    'the path of a service': `https://conversations.twilio.com/v1/Services/IS1/ParticipantConversations?PageToken=PT1`,
    'a path traversal': `${own}/../Users?PageToken=PT1`,
    'no scheme': `//evil.example${path}?PageToken=PT1`,
    'no scheme, with backslashes': `\\\\evil.example${path}?PageToken=PT1`,
    'no PageToken': `${own}?Page=1`,
    'an empty PageToken': `${own}?Page=1&PageToken=`,
    'a PageToken in lower case': `${own}?Page=1&pagetoken=PT1`,
    'text that is not a URL': 'the next page',
    'an incomplete URL': 'https://',
  }

  for (const [kind, nextPageUrl] of Object.entries(foreign)) {
    it(`with ${kind} throws a PaginationError and is not followed`, async () => {
      const { fetch, requests } = recordingFetch(() => twilioPage(['CH1'], nextPageUrl))
      const list = listParticipantConversations({ provider: twilioWith(fetch), participant, prefetch: true })
      const error = await errorOf(list.toArray(), PaginationError)
      expect(error).toMatchObject({ provider: 'twilio', cursor: expect.any(String) })
      expect(error.message).toMatch(/^twilio: the URL of the next page /)
      expect(error.message).toMatch(/\. (It was not requested, because|The next page cannot be requested: )/)
      expect(error.message).not.toMatch(/someone|pass@|PT1/)
      expect(requests).toHaveLength(1)
    })
  }

  const familiar = {
    'the host in upper case': `https://CONVERSATIONS.TWILIO.COM${path}?Page=1&PageToken=PT1`,
    'the default port of https': `https://conversations.twilio.com:443${path}?Page=1&PageToken=PT1`,
    'more parameters and a fragment': `${own}?Foo=1&PageToken=PT1&Page=1&PageSize=3#top`,
    'only a path': `${path}?PageToken=PT1&Page=1`,
  }

  for (const [kind, nextPageUrl] of Object.entries(familiar)) {
    it(`with ${kind} is read for its PageToken and Page only`, async () => {
      const { fetch, requests } = recordingFetch((_, index) =>
        twilioPage([`CH${index}`], index === 0 ? nextPageUrl : null),
      )
      await listParticipantConversations({ provider: twilioWith(fetch), participant }).toArray()
      expect(requests[1]?.href).toBe(`${own}?Address=%2B12025550123&PageSize=50&Page=1&PageToken=PT1`)
    })
  }

  it('without a Page is accepted', async () => {
    const { fetch, requests } = recordingFetch((_, index) =>
      twilioPage([], index === 0 ? `${own}?PageToken=PT1` : null),
    )
    await listParticipantConversations({ provider: twilioWith(fetch), participant }).toArray()
    expect(requests[1]?.href).toBe(`${own}?Address=%2B12025550123&PageSize=50&PageToken=PT1`)
  })

  it.each([
    [{}, 'conversations.ashburn.us1.twilio.com'],
    [{}, 'conversations.us1.twilio.com'],
    [{}, 'conversations.umatilla.us1.twilio.com'],
    [{ edge: 'sydney' }, 'conversations.twilio.com'],
    [{ edge: 'sydney' }, 'conversations.us1.twilio.com'],
    [{ edge: 'sydney' }, 'conversations.sydney.us1.twilio.com'],
    [{ region: 'us1', edge: 'ashburn' }, 'conversations.twilio.com'],
    [{ region: 'us1', edge: 'ashburn' }, 'conversations.us1.twilio.com'],
    [{ region: 'us1', edge: 'ashburn' }, 'conversations.umatilla.us1.twilio.com'],
    [{ region: 'au1', edge: 'sydney' }, 'conversations.au1.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.ie1.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.frankfurt.ie1.twilio.com'],
  ])('with another Twilio host of the same region is accepted: %j, %s', async (options, host) => {
    const { fetch, requests } = recordingFetch((_, index) =>
      twilioPage([`CH${index}`], index === 0 ? `https://${host}${path}?PageToken=PT1` : null),
    )
    const list = listParticipantConversations({ provider: twilioWith(fetch, options), participant })
    expect(await list.toArray()).toHaveLength(2)
    expect(requests[1]?.url.host).toBe(requests[0]?.url.host)
  })

  it.each([
    [{}, 'conversations.ie1.twilio.com'],
    [{}, 'conversations.ashburn.twilio.com'],
    [{}, 'conversations.a.b.us1.twilio.com'],
    [{}, 'conversations.ashburn.us1.twilio.com.evil.example'],
    [{}, 'conversations.ashburn.us1.twilio.com:8443'],
    [{}, 'conversations.evil.example.us1.twilio.com'],
    [{}, 'conversations.ashburn.us1xtwilio.com'],
    [{}, 'chat.us1.twilio.com'],
    [{}, 'evil-conversations.us1.twilio.com'],
    [{ edge: 'sydney' }, 'conversations.sydney.au1.twilio.com'],
    [{ edge: 'sydney' }, 'conversations.sydney.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.dublin.us1.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.dublin.ie1.twilio.com.evil.example'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.dublin.xie1.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'conversations.evil.example'],
  ])('with a host that only looks like one of the region is refused: %j, %s', async (options, host) => {
    const { fetch, requests } = recordingFetch(() =>
      twilioPage(['CH1'], `https://${host}${path}?PageToken=PT1`),
    )
    const list = listParticipantConversations({ provider: twilioWith(fetch, options), participant })
    await errorOf(list.toArray(), PaginationError)
    expect(requests).toHaveLength(1)
  })

  it('is accepted with the service and region of the request', async () => {
    const serviceSid = `IS${'b'.repeat(32)}`
    const url = `https://conversations.dublin.ie1.twilio.com/v1/Services/${serviceSid}/ParticipantConversations`
    const { fetch, requests } = recordingFetch((_, index) =>
      twilioPage([`CH${index}`], index === 0 ? `${url}?PageToken=PT1` : null),
    )
    const provider = twilioWith(fetch, { serviceSid, region: 'ie1', edge: 'dublin' })
    await listParticipantConversations({ provider, participant }).toArray()
    expect(requests.map(({ href }) => href)).toEqual([
      `${url}?Address=%2B12025550123&PageSize=50`,
      `${url}?Address=%2B12025550123&PageSize=50&PageToken=PT1`,
    ])
  })
})

describe('behind a gateway', () => {
  const baseUrl = 'https://gateway.example/twilio/'

  it("a next_page_url on Twilio's own host is rebuilt as a URL of the gateway", async () => {
    const { fetch, requests } = recordingFetch((_, index) =>
      twilioPage([`CH${index}`], index === 0 ? `${own}?Page=1&PageToken=PT1` : null),
    )
    const list = listParticipantConversations({ provider: twilioWith(fetch, { baseUrl }), participant })
    expect(idsOf(await list.toArray())).toEqual(['CH0', 'CH1'])
    expect(requests.map(({ href }) => href)).toEqual([
      `https://gateway.example/twilio${path}?Address=%2B12025550123&PageSize=50`,
      `https://gateway.example/twilio${path}?Address=%2B12025550123&PageSize=50&Page=1&PageToken=PT1`,
    ])
  })

  it("a next_page_url on the gateway is accepted, but only below the gateway's path", async () => {
    const answers = [
      `https://gateway.example/twilio${path}?PageToken=PT1`,
      `https://gateway.example${path}?PageToken=PT2`,
    ]
    const { fetch, requests } = recordingFetch((_, index) => twilioPage([`CH${index}`], answers[index]))
    const list = listParticipantConversations({ provider: twilioWith(fetch, { baseUrl }), participant })
    await errorOf(list.toArray(), PaginationError)
    expect(requests).toHaveLength(2)
  })
})

describe('with real servers', () => {
  it('nothing is sent to another host in next_page_url', async () => {
    const stolen: string[] = []
    await using thief = await listen(async ({ headers }) => {
      stolen.push(headers.get('authorization') ?? 'none')
      return Response.json(twilioPage(['CH9']))
    })
    await using server = await listen(async () =>
      Response.json(twilioPage(['CH1'], `${thief.url}${path}?PageToken=PT1`)),
    )
    const list = listParticipantConversations({
      provider: twilio({ accountSid, authToken, baseUrl: server.url }),
      participant,
      prefetch: true,
    })
    const error = await errorOf(list.toArray(), PaginationError)
    expect(error.message).toContain(`leads elsewhere, to ${thief.url}`)
    expect(stolen).toEqual([])
  })
})
