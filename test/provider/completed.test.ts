import { describe, expect, it } from 'vitest'
import { type ConversationInput, completeConversation, defineProvider } from '../../src/adapter.ts'
import { type AnyConversation, listParticipantConversations } from '../../src/index.ts'
import { described, participant } from '../support/described.ts'
import { recordingFetch } from '../support/listing.ts'

const raw = { id: 'c0', mood: 'good' }

/** The conversation that an adapter yields which knows only this. */
async function yielded(input: ConversationInput): Promise<AnyConversation | undefined> {
  const { fetch } = recordingFetch(() => ({ items: [raw] }))
  const rows = { in: 'items', id: 'id', normalize: () => input }
  const provider = defineProvider({ ...described, http: { fetch }, rows })
  const [conversation] = await listParticipantConversations({ provider, participant }).toArray()
  return conversation
}

const nobody = {
  ...{ provider: 'example', id: null, type: null, status: null, name: null, address: null, channel: null },
  ...{ identity: null, userId: null, proxyAddress: null, projectedAddress: null },
  ...{ identifierKey: null, identifierValue: null },
}

describe('normalize() returns what it knows, and', () => {
  it('everything else is null, {} or []', async () => {
    expect(await yielded({ status: 'closed' })).toStrictEqual({
      id: 'c0',
      provider: 'example',
      title: null,
      uniqueName: null,
      description: null,
      status: 'closed',
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
      raw,
    })
  })

  it('everything it knows is kept', async () => {
    const [at, later] = [new Date(0), new Date(1)]
    const known = {
      title: 'A title',
      uniqueName: 'a-name',
      description: 'A description',
      status: 'active',
      channel: { id: 'ch', type: 'sms', businessAddress: '+12025550100' },
      serviceId: 'service',
      participantCount: { active: 2, pending: 0 },
      createdBy: 'ada',
      createdAt: at,
      updatedAt: later,
      timers: { inactiveAt: at, closedAt: later },
      attributes: { priority: 7 },
    } satisfies ConversationInput
    expect(await yielded(known)).toMatchObject({ ...known, id: 'c0', provider: 'example', raw })
  })

  it('undefined is null too', async () => {
    const conversation = await yielded({
      status: 'active',
      title: undefined,
      channel: { type: undefined },
    } as never)
    expect(conversation).toMatchObject({ title: null, channel: { type: null } })
  })

  it('its objects are completed', async () => {
    const conversation = await yielded({
      status: 'active',
      channel: { type: 'whatsapp' },
      participantCount: { active: 0 },
      timers: { closedAt: new Date(0) },
      participant: { name: 'Ada' },
      lastMessage: { text: '', draft: false, sender: { identity: 'ada' } },
    })
    expect(conversation).toMatchObject({
      channel: { id: null, type: 'whatsapp', businessAddress: null },
      participantCount: { active: 0, pending: null },
      timers: { inactiveAt: null, closedAt: new Date(0) },
    })
    expect(conversation?.participant).toStrictEqual({ ...nobody, name: 'Ada' })
    expect(conversation?.lastMessage).toStrictEqual({
      ...{ id: null, type: null, text: '', status: null, draft: false, createdAt: null },
      sender: { ...nobody, identity: 'ada' },
    })
  })

  it('a message without a sender has null for it', async () => {
    for (const sender of [undefined, null]) {
      const conversation = await yielded({ status: 'active', lastMessage: { id: 'm1', sender } })
      expect(conversation?.lastMessage).toMatchObject({ id: 'm1', sender: null })
    }
  })

  it('the participants are the one whose conversations are listed, unless it knows others', async () => {
    const alone = await yielded({ status: 'active', participant: { id: 'ada' } })
    expect(alone?.participants).toStrictEqual([{ ...nobody, id: 'ada' }])
    expect(alone?.participants[0]).toBe(alone?.participant)
    const none = await yielded({ status: 'active', participant: { id: 'ada' }, participants: [] })
    expect(none?.participants).toEqual([])
    const unknown = await yielded({ status: 'active', participant: null })
    expect(unknown).toMatchObject({ participant: null, participants: [] })
  })

  it('the participant is the same object among its participants', async () => {
    const ada = { id: 'ada' }
    const conversation = await yielded({
      status: 'active',
      participant: ada,
      participants: [{ id: 'bob' }, ada],
    })
    expect(conversation?.participants).toStrictEqual([
      { ...nobody, id: 'bob' },
      { ...nobody, id: 'ada' },
    ])
    expect(conversation?.participants[1]).toBe(conversation?.participant)
  })

  it('it cannot set the id, the provider or raw, which are known', async () => {
    const more = { id: 'evil', provider: 'evil', raw: 'evil', status: 'active', color: 'red' } as const
    const conversation = await yielded(more)
    expect(conversation).toMatchObject({ id: 'c0', provider: 'example', raw })
    expect(conversation).not.toHaveProperty('color')
  })
})

it('completeConversation() does the same for an adapter that is written by hand', async () => {
  const input: ConversationInput = { status: 'active', participant: { id: 'ada' } }
  const completed = completeConversation('example', 'c0', raw, input)
  expect(completed).toStrictEqual(await yielded(input))
})
