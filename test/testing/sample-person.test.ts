import { describe, expect, it } from 'vitest'
import { bird, ConfigurationError, listParticipantConversations, twilio } from '../../src/index.ts'
import { createStandIn, samplePerson } from '../../src/testing/index.ts'
import { account, workspace } from '../support/accounts.ts'

/** Both providers, played by a stand-in with these people. */
function providersOf(...people: ReturnType<typeof samplePerson>[]) {
  const { fetch } = createStandIn({
    twilio: { ...account, conversations: people.flatMap((person) => person.twilioConversations) },
    bird: { ...workspace, conversations: people.flatMap((person) => person.birdConversations) },
  })
  const { channelId } = samplePerson()
  return [twilio({ ...account, fetch }), bird({ ...workspace, channelId, fetch })] as const
}

describe('samplePerson()', () => {
  it('has conversations in every channel of both providers, all found in one listing', async () => {
    const person = samplePerson({ count: 4 })
    const listed = await listParticipantConversations({
      provider: providersOf(person),
      participant: person.participant,
    }).toArray()
    const counts = new Map<string, number>()
    for (const { provider, channel } of listed) {
      const key = `${provider} ${provider === 'bird' ? channel.id : channel.type} ${channel.businessAddress}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect(Object.fromEntries(counts)).toEqual({
      'twilio sms +12025550100': 4,
      'twilio whatsapp +12025550100': 4,
      'twilio rcs +12025550100': 4,
      'twilio email support@example.com': 4,
      'twilio chat null': 4,
      'bird 00000000-0000-4000-8000-000000000002 +12025550100': 4,
      'bird 00000000-0000-4000-8000-000000000003 +12025550100': 4,
      'bird 00000000-0000-4000-8000-000000000004 +12025550100': 4,
      'bird 00000000-0000-4000-8000-000000000005 support@example.com': 4,
    })
    expect(new Set(listed.map(({ id }) => id)).size).toBe(36)
  })

  it('is one contact on Bird, whose id finds what the number and the e-mail address find', async () => {
    const person = samplePerson()
    const [, provider] = providersOf(person)
    const list = (
      participant: Parameters<typeof listParticipantConversations<typeof provider>>[0]['participant'],
    ) => listParticipantConversations({ provider, participant }).toArray()
    const [phone, email] = person.participant
    const found = await list([phone, email])
    const [contactId, ...others] = new Set(found.map(({ participant }) => participant?.id))
    expect(others).toEqual([])
    expect(found).toHaveLength(12)
    const byId = await list({ id: contactId ?? '' })
    expect(byId.map(({ id }) => id).toSorted()).toEqual(found.map(({ id }) => id).toSorted())
    expect(new Set(found.map(({ participant }) => participant?.name)).size).toBe(1)
  })

  it('has the addresses that are passed, and shares the channels with other people', async () => {
    const jo = samplePerson()
    const ada = samplePerson({ phone: '+442079460018', email: 'ada@example.com', identity: 'ada', count: 1 })
    const provider = providersOf(jo, ada)
    expect(ada.participant).toEqual([
      { phone: '+442079460018' },
      { address: 'ada@example.com' },
      { identity: 'ada' },
    ])
    const count = async ({ participant }: typeof jo) =>
      (await listParticipantConversations({ provider, participant }).toArray()).length
    expect([await count(jo), await count(ada)]).toEqual([27, 9])
  })

  it('is the same for the same options and has other conversations for another seed', () => {
    expect(samplePerson()).toEqual(samplePerson({ seed: 1, count: 3, identity: 'jo' }))
    const [first, other] = [samplePerson(), samplePerson({ seed: 2 })]
    expect(first.twilioConversations).not.toEqual(other.twilioConversations)
    expect(first.birdConversations).not.toEqual(other.birdConversations)
  })

  it.each([
    [{ phone: '2025550123' }, 'phone must be a phone number ("+" followed by digits); got "2025550123"'],
    [{ email: 'jo' }, 'email must be an e-mail address; got "jo"'],
    [{ identity: '' }, 'identity must be a non-empty string; got ""'],
    [{ count: -1 }, 'count must be a whole number of at least 0; got -1'],
    [{ number: '+1' }, 'unknown option "number".'],
    [null, 'the options must be an object; got null'],
  ])('refuses %j', (options, problem) => {
    const sample = () => samplePerson(options as never)
    expect(sample).toThrow(ConfigurationError)
    expect(sample).toThrow(`samplePerson(): ${problem}`)
  })
})
