import { describe, expect, it } from 'vitest'
import {
  ApiError,
  ConversationsError,
  listParticipantConversations,
  ResponseValidationError,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  errorOf,
  fromBird,
  fromTwilio,
  listFromBird,
  recordingFetch,
  twilioWith,
} from '../support/listing.ts'

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

describe('attributes', () => {
  it('with __proto__ and constructor do not pollute prototypes', async () => {
    const json = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'
    const { attributes } = await fromTwilio({ conversation_sid: 'CH1', conversation_attributes: json })
    expect(Object.hasOwn(attributes, '__proto__')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    const conversation = await fromBird({ id: 'c', attributes: JSON.parse(json) })
    expect(conversation.attributes).toEqual(JSON.parse(json))
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('nested 10,000 levels deep are only in raw, so that a conversation can be cloned', async () => {
    const conversation = await fromTwilio({
      conversation_sid: 'CH1',
      conversation_attributes: nested(10_000),
    })
    expect(conversation.attributes).toEqual({})
    expect(conversation.raw.conversation_attributes).toBe(nested(10_000))
    expect(structuredClone(conversation)).toEqual(conversation)
    expect(() => JSON.stringify(conversation)).not.toThrow()
  })
})

describe('a response', () => {
  it.each([`{"results":[${nested(10_000)}]}`, nested(10_000), '['.repeat(10_000) + ']'.repeat(10_000)])(
    'that is nested 10,000 levels deep and is not a page is a ResponseValidationError (%#)',
    async (body) => {
      const { fetch } = recordingFetch(() => new Response(body))
      const list = listParticipantConversations({ provider: birdWith(fetch), participant: { address } })
      await errorOf(list.toArray(), ResponseValidationError)
    },
  )

  it('with details nested 10,000 levels deep is still an error with its status', async () => {
    const { fetch } = recordingFetch(
      () => new Response(`{"code":"Invalid","message":"no","details":${nested(10_000)}}`, { status: 422 }),
    )
    const list = listParticipantConversations({ provider: birdWith(fetch), participant: { address } })
    expect((await errorOf(list.toArray(), ApiError)).status).toBe(422)
  })

  it.each([
    { entry: { id: true } },
    { entry: { id: ['x'] } },
    { entry: { id: {} } },
    { entry: { id: '' } },
    { entry: [] },
  ])('with $entry in place of a conversation is a ResponseValidationError', async ({ entry }) => {
    const error = await errorOf(listFromBird({ results: [{ id: 'good' }, entry] }), ResponseValidationError)
    expect(error.message).toContain('results.1')
  })

  it('with arrays and strings in place of objects is read as far as possible', async () => {
    const odd = ['x']
    const twilio = await fromTwilio({
      conversation_sid: 'CH1',
      participant_messaging_binding: odd,
      conversation_timers: odd,
      links: odd,
    })
    expect(twilio).toMatchObject({ channel: { type: null }, timers: { inactiveAt: null, closedAt: null } })
    const conversation = await fromBird({
      id: 'c',
      lastMessage: odd,
      initiatingParticipant: odd,
      featuredParticipants: { 0: 'x' },
      attributes: odd,
    })
    expect(conversation).toMatchObject({
      lastMessage: null,
      participant: null,
      participants: [],
      attributes: {},
    })
  })

  it('cannot supply its properties through __proto__', async () => {
    const { fetch } = recordingFetch(
      () => new Response('{"__proto__":{"conversations":[{"conversation_sid":"CH1"}]}}'),
    )
    const list = listParticipantConversations({ provider: twilioWith(fetch), participant: { address } })
    await errorOf(list.toArray(), ResponseValidationError)
  })
})

describe('a participant', () => {
  it.each([
    '../x',
    '..%2f..',
    '%2e%2e',
    'a/b',
    'a\\b',
    'a?b#c',
    '%',
    ';',
    'x'.repeat(5000),
    '😀',
    '‮',
    '//h',
    'a b',
  ])('whose id is %j stays within its path segment', async (id) => {
    const { fetch, requests } = recordingFetch()
    await listParticipantConversations({ provider: birdWith(fetch), participant: { id } }).toArray()
    const [before, ...rest] = requests[0]?.url.pathname.split('/participants/') ?? []
    expect(before).toMatch(/^\/workspaces\/[\w-]+$/)
    expect(rest).toHaveLength(1)
    expect(rest[0]?.split('/').map(decodeURIComponent)).toEqual([id, 'conversations'])
    expect(requests[0]?.url.host).toBe('api.bird.com')
  })

  it.each(['a\nb', 'a\r\nX-Evil: 1', '\0', 'a\u0085b', '\ud800', 'a\udfff'])(
    'named %j is refused before a request is sent',
    (value) => {
      const { fetch, requests } = recordingFetch()
      for (const participant of [{ address: value }, { identity: value }]) {
        expect(() => listParticipantConversations({ provider: twilioWith(fetch), participant })).toThrow(
          ConversationsError,
        )
      }
      expect(() =>
        listParticipantConversations({ provider: birdWith(fetch), participant: { id: value } }),
      ).toThrow(ConversationsError)
      expect(requests).toEqual([])
    },
  )
})
