import { describe, expect, it } from 'vitest'
import { listParticipantConversations, ResponseValidationError } from '../../../src/index.ts'
import byId from '../../fixtures/bird-by-id.json' with { type: 'json' }
import { birdWith, collect, errorOf, fromBird, listFromBird, recordingFetch } from '../../support/listing.ts'

const id = 'bace24af-cebb-4bd5-a1e6-f7cff24abadf'
const contactId = '8f0b5377-2edc-4116-a8e8-6a475f245a04'

describe("the example in Bird's documentation", () => {
  it('is mapped field by field', async () => {
    const participant = {
      provider: 'bird',
      id: contactId,
      type: 'contact',
      status: 'active',
      name: 'Ada Example',
      address: 'ada@example.com',
      channel: 'email',
      identity: null,
      userId: null,
      proxyAddress: null,
      projectedAddress: null,
      identifierKey: 'emailaddress',
      identifierValue: 'ada@example.com',
    }
    expect(await listFromBird(byId, { id: contactId })).toStrictEqual([
      {
        id,
        provider: 'bird',
        title: 'Re: Order 1815',
        uniqueName: null,
        description: null,
        status: 'active',
        channel: { id: '7b0eb8a0-606b-59f1-bd90-43cacb048146', type: 'email', businessAddress: null },
        serviceId: null,
        participant,
        participants: [participant],
        participantCount: { active: 1, pending: 0 },
        createdBy: contactId,
        createdAt: new Date('2024-11-27T14:47:59.577Z'),
        updatedAt: new Date('2024-11-27T14:47:59.577Z'),
        lastMessage: {
          id: '0ff78529-eb64-400d-8522-c45ae2170885',
          type: 'html',
          text: 'Thank you 👍',
          status: 'delivered',
          draft: null,
          sender: participant,
          createdAt: new Date('2024-11-27T14:47:59.577Z'),
        },
        timers: { inactiveAt: null, closedAt: null },
        attributes: {},
        raw: byId.results[0],
      },
    ])
  })
})

describe('a Bird conversation', () => {
  const names = [
    ...Object.keys(byId.results[0] ?? {}),
    ...['style', 'lastMessageIncomingAt', 'lastMessageOutgoingAt', 'attributes', 'summary', 'referral'],
    ...['likelySpam', 'likelySpamReason', 'resource', 'hasDraft'],
  ]
  const nothing = {
    title: null,
    uniqueName: null,
    description: null,
    status: 'unknown',
    channel: { id: null, type: null, businessAddress: null },
    serviceId: null,
    participant: null,
    participants: [],
    participantCount: { active: null, pending: null },
    createdBy: null,
    createdAt: null,
    updatedAt: null,
    lastMessage: null,
    timers: { inactiveAt: null, closedAt: null },
    attributes: {},
  }

  for (const [what, value] of Object.entries({
    'is missing': undefined,
    'is null': null,
    'is an array': [7],
  })) {
    it(`needs only its id: the rest ${what}`, async () => {
      const raw = { ...Object.fromEntries(names.map((name) => [name, value])), id }
      const received = JSON.parse(JSON.stringify(raw))
      expect(await fromBird(raw)).toStrictEqual({ ...nothing, id, provider: 'bird', raw: received })
    })
  }

  it('keeps undocumented fields in raw', async () => {
    const raw = { id, status: 'active', mood: { is: ['good'] } }
    expect((await fromBird(raw)).raw).toStrictEqual(raw)
  })

  it('has null for empty strings', async () => {
    const participant = { id: contactId, type: '', displayName: '', avatarUrl: '', status: '' }
    const raw = { id, name: '', description: '', channelId: '', featuredParticipants: [participant] }
    expect(await fromBird(raw)).toMatchObject({
      title: null,
      description: null,
      channel: { id: null },
      participants: [{ id: contactId, name: null, type: null, status: null }],
      raw,
    })
  })

  for (const [word, status] of Object.entries({
    active: 'active',
    closed: 'closed',
    deleted: 'deleted',
    inactive: 'unknown',
    snoozed: 'unknown',
    '': 'unknown',
  })) {
    it(`with the status ${JSON.stringify(word)} is ${status}, and keeps Bird's value in raw`, async () => {
      expect(await fromBird({ id, status: word })).toMatchObject({ status, raw: { status: word } })
    })
  }

  it('has null for invalid dates', async () => {
    for (const text of ['', 'today', '1', '2024-11-27T25:00:00Z', 'Room 101']) {
      const raw = { id, createdAt: text, updatedAt: text, lastMessage: { id: 'm', createdAt: text } }
      expect(await fromBird(raw)).toMatchObject({
        createdAt: null,
        updatedAt: null,
        lastMessage: { createdAt: null },
      })
    }
  })

  it('may have a last message with undocumented fields and values', async () => {
    const lastMessage = {
      id: 'm',
      type: 'hologram',
      status: 'read',
      body: { type: 'text', text: { text: 'Hello' } },
      preview: { text: 'Hello' },
      tags: null,
      meta: { order: {} },
      reference: '',
      recipients: null,
      sender: null,
      draft: true,
      createdAt: '2024-11-27T14:47:59Z',
    }
    const conversation = await fromBird({ id, lastMessage })
    expect(conversation.lastMessage).toEqual({
      id: 'm',
      type: 'hologram',
      text: 'Hello',
      status: 'read',
      draft: true,
      sender: null,
      createdAt: new Date('2024-11-27T14:47:59Z'),
    })
    expect(conversation.raw).toEqual({ id, lastMessage })
  })

  it('has the text of a last message that has a body in place of its preview', async () => {
    const body = { type: 'text', text: { text: 'Where is my order?' } }
    for (const [lastMessage, text] of [
      [{ id: 'm', body }, 'Where is my order?'],
      [{ id: 'm', body, preview: { text: '' } }, 'Where is my order?'],
      [{ id: 'm', body, preview: { text: 'Where is' } }, 'Where is'],
      [{ id: 'm', body: { type: 'image', image: {} } }, null],
      [{ id: 'm', body: { type: 'text', text: 'bare' } }, null],
    ] as const) {
      expect((await fromBird({ id, lastMessage })).lastMessage?.text).toBe(text)
    }
  })

  it('may have a last message without any known field', async () => {
    const unknown = { id: null, type: null, text: null, status: null, draft: null, sender: null }
    expect((await fromBird({ id, lastMessage: {} })).lastMessage).toEqual({ ...unknown, createdAt: null })
    const raw = { id, lastMessage: { preview: null, sender: 'me', draft: 'no', createdAt: 0 } }
    expect((await fromBird(raw)).lastMessage).toEqual({ ...unknown, createdAt: null })
  })

  it('has attributes only if they are an object', async () => {
    expect((await fromBird({ id, attributes: { a: [1] } })).attributes).toEqual({ a: [1] })
    for (const attributes of [null, [], 'a', 7]) {
      expect((await fromBird({ id, attributes })).attributes).toEqual({})
    }
  })

  it('has participant counts only if they are non-negative numbers', async () => {
    const counts = async (active: unknown, pending: unknown) =>
      (await fromBird({ id, activeParticipantCount: active, pendingParticipantCount: pending }))
        .participantCount
    expect(await counts(0, 12)).toEqual({ active: 0, pending: 12 })
    expect(await counts('3', -1)).toEqual({ active: null, pending: null })
  })

  it('has the featured participant that was looked up, by key and value', async () => {
    const contact = (identifierKey: string, identifierValue: string) => ({
      contact: { identifierKey, identifierValue },
    })
    const email = 'ada@example.com'
    const raw = {
      id,
      featuredParticipants: [
        contact('emailaddress', 'bob@example.com'),
        contact('nickname', email),
        contact('emailaddress', email),
      ],
    }
    const { participant, participants } = await fromBird(raw, { address: email })
    expect(participants).toHaveLength(3)
    expect(participant).toBe(participants[2])
    expect(participant).toMatchObject({ address: email, identifierKey: 'emailaddress' })
  })

  it('ignores featured participants that are not objects', async () => {
    const raw = { id, featuredParticipants: [null, 'me', [], { id: contactId }, 7] }
    expect((await fromBird(raw)).participants).toMatchObject([{ id: contactId }])
  })
})

describe('a Bird response', () => {
  it('may have a number as the id of a conversation, which is text then', async () => {
    const [conversation] = await listFromBird({ results: [{ id: 7 }] })
    expect(conversation).toMatchObject({ id: '7', raw: { id: 7 } })
  })

  it('may have null instead of a list', async () => {
    expect(await listFromBird({ results: null })).toEqual([])
  })

  const totals: [object, number | null][] = [
    [{}, null],
    [{ total: 7, totalType: 'equal' }, 7],
    [{ total: 7, totalType: '' }, 7],
    [{ total: 7, totalType: 'greaterThanOrEqual' }, null],
    [{ total: null, totalType: null }, null],
    [{ total: '7' }, null],
    [{ total: 2 ** 60 }, 2 ** 60],
  ]
  for (const [body, total] of totals) {
    it(`with ${JSON.stringify(body)} has the total ${total}`, async () => {
      const { fetch } = recordingFetch(() => ({ results: [], ...body }))
      const list = listParticipantConversations({ provider: birdWith(fetch), participant: { id } })
      for await (const page of list.pages()) expect(page.total).toBe(total)
      expect.assertions(1)
    })
  }

  it('may have a total that no number can represent exactly', async () => {
    const { fetch } = recordingFetch(() => new Response('{"results":[],"total":18446744073709551615}'))
    const list = listParticipantConversations({ provider: birdWith(fetch), participant: { id } })
    for await (const page of list.pages()) expect(page.total).toBe(2 ** 64)
    expect.assertions(1)
  })

  const wrong: [unknown, string][] = [
    [null, 'the body is null'],
    [[], 'the body is an array'],
    [7, 'the body is a number'],
    [{}, 'results is missing'],
    [{ results: {} }, 'results is an object'],
    [{ results: [null] }, 'results.0 is null'],
    [{ results: [{ id }, 'x'] }, 'results.1 is a string'],
    [{ results: [{ name: 'x' }] }, 'results.0.id is missing'],
    [{ results: [{ id: null }] }, 'results.0.id is null'],
    [{ results: [{ id: '' }] }, 'results.0.id is empty'],
    [{ results: [{ id: true }] }, 'results.0.id is a boolean'],
  ]
  for (const [body, place] of wrong) {
    it(`that is ${JSON.stringify(body)} is an error that says: ${place}`, async () => {
      const error = await errorOf(listFromBird(body), ResponseValidationError)
      expect(error.message).toContain(`Bird's response is not as documented: ${place}`)
      expect(error).toMatchObject({ provider: 'bird', cursor: expect.any(String) })
    })
  }
})

describe('a number that JavaScript cannot represent', () => {
  const body = (count: string) =>
    `{"results":[{"id":"${id}","activeParticipantCount":${count}}],"total":${count}}`
  const firstPage = async (count: string) => {
    const provider = birdWith(async () => new Response(body(count)))
    const [page] = await collect(listParticipantConversations({ provider, participant: { id: 'x' } }).pages())
    return page
  }

  it('is never Infinity, which JSON would turn into null', async () => {
    const page = await firstPage('1e400')
    expect(page).toMatchObject({ total: null, items: [{ participantCount: { active: null } }] })
  })

  it('is rounded if it is an integer past 2^53', async () => {
    const page = await firstPage('9007199254740993')
    expect(page).toMatchObject({ total: 2 ** 53, items: [{ participantCount: { active: 2 ** 53 } }] })
  })
})
