import { describe, expect, it } from 'vitest'
import type { BirdSampleConversation } from '../../src/testing/sample-bird.ts'
import { sampleBirdConversations } from '../../src/testing/sample-data.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { address, channelId, workspace } from '../support/accounts.ts'

const { workspaceId } = workspace
const otherChannelId = '0f0e0d0c-0000-4000-8000-00000000000b'
const mine = sampleBirdConversations({ address, channelId, count: 25 })
const conversations = [...mine, ...sampleBirdConversations({ address, channelId: otherChannelId, count: 2 })]
const bird = { accessKey: 'key', workspaceId, conversations }
const headers = { authorization: 'AccessKey key' }
const byNumber = `phonenumber/${encodeURIComponent(address)}`

// biome-ignore lint/suspicious/noExplicitAny: a test asserts the shape of a response, so it does not assume one
type Json = any

async function ask(
  query: Record<string, string>,
  { participant = byNumber, workspace = workspaceId, options = bird, init = {} as RequestInit } = {},
) {
  const path = `/workspaces/${workspace}/participants/${participant}/conversations`
  const url = `https://api.bird.com${path}?${new URLSearchParams(query)}`
  const response = await createStandIn({ bird: options }).fetch(url, { headers, ...init })
  return { response, status: response.status, body: (await response.json()) as Json }
}

const expected = mine.filter((entry) => entry.initiatingParticipant?.contact?.identifierValue === address)

function conversation(changes: Partial<BirdSampleConversation>): BirdSampleConversation {
  const [template] = mine
  if (!template) throw new Error('There is no sample')
  return { ...template, featuredParticipants: [], ...changes }
}

describe("the stand-in's Bird lists", () => {
  it('the conversations of an identifier in one channel, unchanged and in the given order, ten per page', async () => {
    const first = await ask({ channelId })
    const second = await ask({ channelId, pageToken: first.body.nextPageToken })
    const third = await ask({ channelId, pageToken: second.body.nextPageToken })
    const pages = [first, second, third].map(({ body }) => body.results)
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5])
    expect(pages.flat()).toEqual(expected)
    expect(third.body).toEqual({ results: expected.slice(20) })
  })

  it('every conversation once at each limit, with tokens of every padding', async () => {
    const paddings = new Set<string>()
    for (const limit of ['1', '2', '7', '100']) {
      const found: unknown[] = []
      let pageToken: string | undefined
      do {
        const { body }: Json = await ask({ channelId, limit, ...(pageToken && { pageToken }) })
        found.push(...body.results)
        pageToken = body.nextPageToken
        if (pageToken) paddings.add(/=*$/.exec(pageToken)?.[0] ?? '')
      } while (pageToken)
      expect(found).toEqual(expected)
    }
    expect(paddings).toEqual(new Set(['', '=', '==']))
  })

  it('in reverse order', async () => {
    const { body } = await ask({ channelId, reverse: 'true', limit: '100' })
    expect(body.results).toEqual(expected.toReversed())
  })

  it('the conversations of one status', async () => {
    for (const status of ['active', 'closed', 'deleted']) {
      const { body } = await ask({ channelId, status, limit: '100' })
      expect(body.results).toEqual(expected.filter((entry) => entry.status === status))
      expect(body.results).not.toEqual([])
    }
  })

  it('the conversations of a participant by id, featured or initiating', async () => {
    const featured = conversation({ featuredParticipants: [{ id: 'one/two', type: 'bot' }] })
    const initiating = conversation({ initiatingParticipant: { id: 'one/two', type: 'flow' } })
    const options = { ...bird, conversations: [featured, conversation({}), initiating] }
    const { body } = await ask({ channelId }, { options, participant: 'one%2Ftwo' })
    expect(body.results).toEqual([featured, initiating])
  })

  it('the conversations of a participant whose identifier is at its top level', async () => {
    const identifier = { identifierKey: 'emailaddress', identifierValue: 'ada@example.com' }
    const listed = conversation({ featuredParticipants: [{ id: '1', type: 'contact', ...identifier }] })
    const options = { ...bird, conversations: [listed] }
    const found = await ask({ channelId }, { options, participant: 'emailaddress/ada%40example.com' })
    expect(found.body.results).toEqual([listed])
    const inexact = await ask({ channelId }, { options, participant: 'emailaddress/Ada@example.com' })
    expect(inexact.body.results).toEqual([])
  })

  it('the others, if some conversations or participants are not as documented', async () => {
    const wrong: unknown[] = [{ id: '1' }, { id: '1', channelId: 7 }]
    for (const participants of [null, 'me', {}, [null], [7, []], [{ contact: 'me' }]]) {
      wrong.push(conversation({ featuredParticipants: participants as never, initiatingParticipant: null }))
    }
    const options = { ...bird, conversations: [...(wrong as never[]), ...mine] }
    expect((await ask({ channelId, limit: '100' }, { options })).body.results).toEqual(expected)
    const participant = expected[0]?.initiatingParticipant?.id ?? ''
    expect((await ask({ channelId, limit: '100' }, { options, participant })).body.results).toEqual(expected)
  })

  it('the same conversations for the ids of workspace and channel in upper case', async () => {
    const options = { ...bird, workspaceId: '0f0e0d0c-0000-4000-8000-00000000000f' }
    const { body } = await ask({ channelId }, { options, workspace: options.workspaceId.toUpperCase() })
    expect(body.results).toEqual(expected.slice(0, 10))
    const upperCase = { channelId: channelId.toUpperCase(), pageToken: body.nextPageToken }
    const second = await ask(upperCase, { options, workspace: options.workspaceId })
    expect(second.body.results).toEqual(expected.slice(10, 20))
    const inUpperCase = { ...options, workspaceId: options.workspaceId.toUpperCase() }
    expect((await ask({ channelId }, { options: inUpperCase, workspace: options.workspaceId })).status).toBe(
      200,
    )
  })

  it("an empty list, or a 404, for a participant in none of its conversations: 'unknownParticipant'", async () => {
    const wrong: unknown[] = [{ id: '1' }, conversation({ featuredParticipants: null as never })]
    const withWrong = { ...bird, conversations: [...(wrong as never[]), ...conversations] }
    const participant = 'phonenumber/%2B12025550199'
    for (const options of [withWrong, { ...withWrong, unknownParticipant: 'empty' as const }]) {
      const { status, body } = await ask({ channelId }, { options, participant })
      expect([status, body]).toEqual([200, { results: [] }])
    }
    const options = { ...withWrong, unknownParticipant: 'not found' as const }
    const { status, body } = await ask({ channelId }, { options, participant })
    expect([status, body]).toEqual([404, { code: 'NotFound', message: expect.any(String) }])
    // Known, but without conversations of this status, or in this channel.
    const closed = { ...options, conversations: [conversation({ status: 'closed' })] }
    for (const query of [{ channelId, status: 'active' }, { channelId: otherChannelId }]) {
      expect(await ask(query, { options: closed })).toMatchObject({ status: 200, body: { results: [] } })
    }
  })

  it('totals only if totalType is set', async () => {
    expect((await ask({ channelId })).body).not.toHaveProperty('total')
    const options = { ...bird, totalType: 'equal' as const }
    expect((await ask({ channelId }, { options })).body).toMatchObject({ total: 25, totalType: 'equal' })
  })
})

describe("the stand-in's Bird refuses", () => {
  it.each([
    ['a missing channel', { channelId: undefined }, 'channelId'],
    ['a channel that is not a UUID', { channelId: 'sms' }, 'channelId'],
    ['an unknown status', { status: 'inactive' }, 'status'],
    ['a limit of 0', { limit: '0' }, 'limit'],
    ['a limit of 101', { limit: '101' }, 'limit'],
    ['a limit of 1e1', { limit: '1e1' }, 'limit'],
    ['reverse=1', { reverse: '1' }, 'reverse'],
    ['a page token of 8,001 characters', { pageToken: 'a'.repeat(8001) }, 'pageToken'],
    ['a page token that it did not issue', { pageToken: 'abc=' }, 'pageToken'],
    ['an empty page token', { pageToken: '' }, 'pageToken'],
  ])('%s', async (_, changes, name) => {
    // JSON omits undefined, which URLSearchParams would send as a string.
    const { status, body } = await ask(JSON.parse(JSON.stringify({ channelId, ...changes })))
    expect(status).toBe(422)
    expect(body).toEqual({
      code: 'InvalidPayload',
      message: expect.any(String),
      details: { [`.${name}`]: [expect.stringContaining(name)] },
    })
  })

  it('a page token of another query', async () => {
    const { nextPageToken: pageToken } = (await ask({ channelId })).body
    expect((await ask({ channelId, pageToken, limit: '3' })).body.results).toEqual(expected.slice(10, 13))
    for (const changes of [{ status: 'active' }, { reverse: 'true' }, { channelId: otherChannelId }]) {
      expect((await ask({ channelId, pageToken, ...changes })).status).toBe(422)
    }
  })

  it.each([
    ['a missing access key', {}],
    ['a wrong access key', { authorization: 'AccessKey KEY' }],
    ['the key as a bearer token', { authorization: 'Bearer key' }],
  ])('%s', async (_, headers) => {
    const { status, body, response } = await ask({ channelId }, { init: { headers } })
    expect(status).toBe(401)
    expect(body).toEqual({ code: 'Unauthorized', message: expect.any(String) })
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('another workspace, path or method', async () => {
    expect(await ask({ channelId }, { workspace: channelId })).toMatchObject({
      status: 404,
      body: { code: 'NotFound' },
    })
    expect((await ask({ channelId }, { participant: 'a/b/c' })).status).toBe(404)
    expect((await ask({ channelId }, { participant: '' })).status).toBe(404)
    expect(await ask({ channelId }, { init: { method: 'DELETE' } })).toMatchObject({
      status: 405,
      body: { code: 'MethodNotAllowed' },
    })
  })

  it('malformed percent-encoding in the path', async () => {
    expect((await ask({ channelId }, { participant: '%ZZ' })).status).toBe(400)
  })
})
