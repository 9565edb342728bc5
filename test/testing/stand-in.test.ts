import { get } from 'node:http'
import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../../src/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { listen } from '../../src/testing/server.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { accessKey, account, address, basic, channelId, workspace } from '../support/accounts.ts'

const options = {
  twilio: { ...account, conversations: sampleTwilioConversations({ address, count: 60 }) },
  bird: { ...workspace, conversations: sampleBirdConversations({ address, channelId, count: 30 }) },
}
const twilioPath = '/v1/ParticipantConversations?Address=%2B12025550123'
const birdPath = `/workspaces/${workspace.workspaceId}/participants/phonenumber/%2B12025550123/conversations?channelId=${channelId}`

describe('the stand-in', () => {
  it('has a fetch that takes the same arguments as the global one and needs no this', async () => {
    const { fetch } = createStandIn(options)
    const url = `https://conversations.twilio.com${twilioPath}`
    const inputs = [url, new URL(url), new Request(url)]
    const answers = await Promise.all(inputs.map((input) => fetch(input, { headers: basic })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('responds with JSON and a content-length', async () => {
    const { fetch } = createStandIn(options)
    const response = await fetch(`https://api.bird.com${birdPath}`, { headers: accessKey })
    const body = await response.clone().arrayBuffer()
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('content-length')).toBe(String(body.byteLength))
    expect(await response.json()).toHaveProperty('results')
  })

  it('records requests without their credentials', async () => {
    const standIn = createStandIn(options)
    await standIn.fetch(`https://api.bird.com${birdPath}`, { headers: accessKey })
    await standIn.fetch(`http://localhost:1${twilioPath}`, { method: 'POST', headers: basic })
    await standIn.fetch('https://conversations.twilio.com/v1', { headers: { authorization: 'Digest a' } })
    expect(standIn.requests).toEqual([
      { method: 'GET', url: `https://api.bird.com${birdPath}`, status: 200, authorization: 'accesskey' },
      { method: 'POST', url: `http://localhost:1${twilioPath}`, status: 405, authorization: 'basic' },
      { method: 'GET', url: 'https://conversations.twilio.com/v1', status: 404, authorization: 'none' },
    ])
  })

  it("rejects with the signal's reason, before and after the request", async () => {
    const standIn = createStandIn(options)
    const reason = new Error('enough')
    const url = `https://api.bird.com${birdPath}`
    await expect(standIn.fetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(standIn.requests).toEqual([])
    const controller = new AbortController()
    const response = standIn.fetch(new Request(url, { signal: controller.signal }))
    controller.abort(reason)
    await expect(response).rejects.toBe(reason)
  })

  it('returns 404 in the format of the provider that the path or host belongs to', async () => {
    const shape = async (standIn: ReturnType<typeof createStandIn>, url: string) => {
      const response = await standIn.fetch(url)
      return { status: response.status, keys: Object.keys((await response.json()) as object) }
    }
    const ofTwilio = { status: 404, keys: ['code', 'message', 'more_info', 'status'] }
    const ofBird = { status: 404, keys: ['code', 'message'] }
    expect(await shape(createStandIn(options), 'http://localhost/')).toEqual(ofTwilio)
    expect(await shape(createStandIn(options), 'http://localhost/workspaces')).toEqual(ofBird)
    expect(await shape(createStandIn(options), 'https://api.bird.com/')).toEqual(ofBird)
    expect(await shape(createStandIn({ bird: options.bird }), 'http://localhost/')).toEqual(ofBird)
    expect(await shape(createStandIn({}), `https://api.bird.com${birdPath}`)).toEqual(ofBird)
    expect(await shape(createStandIn({}), `https://conversations.twilio.com${twilioPath}`)).toEqual(ofTwilio)
  })
})

describe('the MSW handlers', () => {
  it("handle the global fetch for the providers' hosts, including regional ones", async () => {
    const server = setupServer(...createStandIn(options).handlers)
    server.listen({ onUnhandledRequest: 'error' })
    try {
      for (const host of ['conversations.twilio.com', 'conversations.dublin.ie1.twilio.com']) {
        const response = await fetch(`https://${host}${twilioPath}`, { headers: basic })
        expect(await response.json()).toMatchObject({
          meta: { first_page_url: expect.stringContaining(host) },
        })
      }
      const fromBird = await fetch(`https://api.bird.com${birdPath}`, { headers: accessKey })
      expect(await fromBird.json()).toMatchObject({ results: expect.any(Array) })
      const body = new URLSearchParams({ grant_type: 'client_credentials' })
      const token = await fetch('https://oauth.twilio.com/v2/token', { method: 'POST', body })
      expect(token.status).toBe(401)
    } finally {
      server.close()
    }
  })

  it('leave it to MSW to reject an aborted request', async () => {
    const handlers = createStandIn(options).handlers
    const signal = AbortSignal.abort()
    const request = new Request(`https://api.bird.com${birdPath}`, { headers: accessKey, signal })
    expect(await getResponse(handlers, request)).toMatchObject({ status: 200 })
  })

  it('leave other hosts alone', async () => {
    const handlers = createStandIn(options).handlers
    for (const host of ['conversations.twilio.com.example.com', 'api.twilio.com', 'bird.com']) {
      expect(await getResponse(handlers, new Request(`https://${host}${twilioPath}`))).toBeUndefined()
    }
  })
})

describe('the local server', () => {
  it('serves the stand-in, with links to the host name that the client used', async () => {
    await using server = await listen(createStandIn(options).fetch)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    for (const origin of [server.url, server.url.replace('127.0.0.1', 'localhost')]) {
      const first = (await (await fetch(origin + twilioPath, { headers: basic })).json()) as {
        meta: { next_page_url: string }
      }
      expect(new URL(first.meta.next_page_url).origin).toBe(origin)
      const second = await fetch(first.meta.next_page_url, { headers: basic })
      expect(await second.json()).toMatchObject({ meta: { page: 1, next_page_url: null } })
    }
  })

  it('passes on request bodies', async () => {
    await using server = await listen(async (request) => new Response(await request.text()))
    const response = await fetch(server.url, { method: 'POST', body: 'grüß dich' })
    expect(await response.text()).toBe('grüß dich')
  })

  it('compresses long bodies for clients that accept it', async () => {
    await using server = await listen(createStandIn(options).fetch)
    const encoding = (path: string, headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        get(server.url + path, { headers }, (response) => {
          response.resume().once('end', () => resolve(response.headers['content-encoding']))
        }).once('error', reject)
      })
    expect(await encoding(twilioPath, { ...basic, 'accept-encoding': 'gzip, br' })).toBe('gzip')
    expect(await encoding(twilioPath, basic)).toBeUndefined()
    expect(await encoding('/', { 'accept-encoding': 'gzip' })).toBeUndefined()
  })

  it('returns 500 if the handler fails', async () => {
    await using server = await listen(async () => {
      throw new Error('out of order')
    })
    const response = await fetch(server.url)
    expect(response.status).toBe(500)
    expect(await response.text()).toContain('out of order')
  })

  it("aborts the request's signal when the client disconnects", async () => {
    const client = new AbortController()
    let resolve = (): void => {}
    const hungUp = new Promise<void>((done) => {
      resolve = done
    })
    await using server = await listen((request) => {
      request.signal.addEventListener('abort', () => resolve())
      client.abort()
      return new Promise(() => {})
    })
    await expect(fetch(server.url, { signal: client.signal })).rejects.toThrow()
    await hungUp
  })

  it('accepts no requests after it is closed, and can be closed twice', async () => {
    const server = await listen(createStandIn(options).fetch)
    await fetch(server.url)
    await server.close()
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow()
  })
})

describe('the sample data', () => {
  it('is the same for the same options and different for another seed or address', () => {
    const sample = (changes = {}) =>
      JSON.stringify(sampleTwilioConversations({ address, count: 5, ...changes }))
    expect(sample()).toBe(sample({ seed: 1 }))
    expect(sample()).not.toBe(sample({ seed: 2 }))
    expect(sample()).not.toBe(sample({ address: '+12025550124' }))
  })

  it('accepts a seed that is undefined', () => {
    const options = { address, count: 5, seed: undefined }
    expect(sampleTwilioConversations(options)).toEqual(sampleTwilioConversations({ address, count: 5 }))
    expect(sampleBirdConversations({ ...options, channelId })).toHaveLength(6)
  })

  it('has the conversations of a chat user for an identity, among those of others', () => {
    const chats = sampleTwilioConversations({ identity: 'jo', count: 8 })
    expect(chats).toHaveLength(10)
    expect(chats.filter((chat) => chat.participant_identity === 'jo')).toHaveLength(8)
    for (const chat of chats) {
      expect(chat.participant_messaging_binding).toBeNull()
      expect(chat.participant_user_sid).toMatch(/^US[\da-f]{32}$/)
    }
    expect(chats).toEqual(sampleTwilioConversations({ identity: 'jo', count: 8, seed: 1 }))
    expect(chats).not.toEqual(sampleTwilioConversations({ identity: 'ada', count: 8 }))
  })

  it('has the conversations of a WhatsApp user without a number', () => {
    const [onTwilio] = sampleTwilioConversations({ address: 'whatsapp:US.13490000055302741918', count: 1 })
    expect(onTwilio?.participant_messaging_binding).toMatchObject({
      type: 'whatsapp',
      address: 'whatsapp:US.13490000055302741918',
      proxy_address: 'whatsapp:+12025550100',
    })
    const [onBird] = sampleBirdConversations({
      address: 'whatsapp:US.13490000055302741918',
      channelId,
      count: 1,
    })
    expect(onBird?.featuredParticipants).toContainEqual(
      expect.objectContaining({
        contact: {
          identifierKey: 'whatsappbsuid',
          identifierValue: 'US.13490000055302741918',
          platformAddress: 'US.13490000055302741918',
        },
      }),
    )
  })

  it('has other conversations in another channel, with the same contact', () => {
    const otherChannelId = '0f0e0d0c-0000-4000-8000-00000000000b'
    const samples = [
      ...sampleBirdConversations({ address, channelId, count: 3 }),
      ...sampleBirdConversations({ address, channelId: otherChannelId, count: 3 }),
      ...sampleBirdConversations({ address, channelId, count: 3, seed: 2 }),
    ]
    expect(new Set(samples.map(({ id }) => id)).size).toBe(9)
    expect(new Set(samples.map(({ initiatingParticipant }) => initiatingParticipant?.id)).size).toBe(1)
  })

  it.each([
    [sampleTwilioConversations, { address }, 'sampleTwilioConversations(): count must be a whole number'],
    [
      sampleTwilioConversations,
      { count: 2 },
      'sampleTwilioConversations(): address or identity must be passed, and only one of them',
    ],
    [
      sampleTwilioConversations,
      { address, identity: 'jo', count: 2 },
      'sampleTwilioConversations(): address or identity must be passed, and only one of them',
    ],
    [
      sampleTwilioConversations,
      { address: '', count: 2 },
      'sampleTwilioConversations(): address must be a non-empty',
    ],
    [
      sampleTwilioConversations,
      { identity: '', count: 2 },
      'sampleTwilioConversations(): identity must be a non-empty',
    ],
    [sampleTwilioConversations, { address, count: 2, seed: 'x' }, '(): seed must be a number; got "x"'],
    [sampleTwilioConversations, undefined, '(): the options must be an object; got undefined'],
    [
      sampleBirdConversations,
      { address, count: 2 },
      'sampleBirdConversations(): channelId must be a non-empty',
    ],
    [
      sampleBirdConversations,
      { address, count: 2, channelID: channelId },
      'unknown option "channelID". Did you mean "channelId"?',
    ],
  ])(
    'refuses what is missing or wrong instead of returning something else: %#',
    (sample, options, problem) => {
      expect(() => sample(options as never)).toThrow(ConfigurationError)
      expect(() => sample(options as never)).toThrow(problem)
    },
  )

  it('has unique ids, and includes conversations of other people', () => {
    const twilio = sampleTwilioConversations({ address: 'whatsapp:+12025550199', count: 2000 })
    expect(new Set(twilio.map((entry) => entry.conversation_sid)).size).toBe(2500)
    const uniqueNames = twilio.flatMap((entry) => entry.conversation_unique_name ?? [])
    expect(uniqueNames.length).toBeGreaterThan(500)
    expect(new Set(uniqueNames).size).toBe(uniqueNames.length)
    const addresses = twilio.map((entry) => entry.participant_messaging_binding?.address)
    expect(addresses.filter((entry) => entry === 'whatsapp:+12025550199')).toHaveLength(2000)
    const bird = sampleBirdConversations({ address: 'ada@example.com', channelId, count: 2000 })
    expect(new Set(bird.map((entry) => entry.id)).size).toBe(2500)
    expect(bird.filter((entry) => JSON.stringify(entry).includes('ada@example.com'))).toHaveLength(2000)
  })
})
