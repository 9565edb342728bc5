import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AnyConversation,
  type BirdConversation,
  type BirdConversationResource,
  type BirdProvider,
  type Conversation,
  type ConversationBatch,
  type ConversationList,
  type ConversationOf,
  type ConversationPage,
  type ConversationProvider,
  ConversationsError,
  type ListOptions,
  listParticipantConversations as list,
  type Participant,
  type ParticipantForm,
  type ParticipantOf,
  type ParticipantRef,
  RateLimitError,
  type TwilioConversation,
  type TwilioParticipantConversation,
  type TwilioProvider,
  twilio,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import {
  accountSid,
  address,
  birdWith,
  conversationOf,
  idsOf,
  recordingFetch,
  thrownBy,
  twilioWith,
} from '../support/listing.ts'

// A call that must not compile is also made: what it throws, or does, is what code without types gets.

const { fetch } = recordingFetch()
const onTwilio = twilioWith(fetch)
const onBird = birdWith(fetch)
const chosen = accountSid.startsWith('AC') ? onTwilio : onBird
const anyProvider: ConversationProvider = onTwilio

type Note = AnyConversation & { provider: 'notes'; raw: { author: string } }
interface Notes extends ConversationProvider<Note, 'id', { archived?: boolean }> {}
const notes: Notes = {
  name: 'notes',
  scope: 'desk',
  capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
  async listPage({ lookup, pageSize }) {
    const note: Note = { ...conversationOf('1'), provider: 'notes', raw: { author: lookup.key } }
    return { items: [note].slice(0, pageSize), nextPageToken: null, requestId: null, total: 1 }
  },
}

/** Returns the name of the provider that refuses the participant. */
const refusalOf = (call: () => unknown): string | null => thrownBy(call, UnsupportedParticipantError).provider

describe('one provider', () => {
  it('twilio() takes an address, an identity or a participant, but no id of Bird', () => {
    list({ provider: onTwilio, participant: { address } })
    list({ provider: onTwilio, participant: { address, channel: 'whatsapp' } })
    list({ provider: onTwilio, participant: { identity: 'ada' } })
    // @ts-expect-error -- Twilio cannot look up an id
    const byId = () => list({ provider: onTwilio, participant: { id: 'x' } })
    const byIdentifier = () =>
      list({
        provider: onTwilio,
        // @ts-expect-error -- nor an identifier
        participant: { identifierKey: 'phonenumber', identifierValue: address },
      })
    expect([byId, byIdentifier].map(refusalOf)).toEqual(['twilio', 'twilio'])
  })

  it('bird() takes an address, an id, an identifier or a participant, but no identity', () => {
    list({ provider: onBird, participant: { address } })
    list({ provider: onBird, participant: { id: 'x' } })
    list({ provider: onBird, participant: { identifierKey: 'phonenumber', identifierValue: address } })
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => list({ provider: onBird, participant: { identity: 'ada' } })
    expect(refusalOf(byIdentity)).toBe('bird')
  })

  it('twilio() and bird() yield conversations with their own raw', () => {
    const fromTwilio = list({ provider: onTwilio, participant: { address } })
    expectTypeOf(fromTwilio).toEqualTypeOf<ConversationList<TwilioConversation>>()
    expectTypeOf<TwilioConversation['raw']>().toEqualTypeOf<TwilioParticipantConversation>()
    expectTypeOf<TwilioConversation['raw']['conversation_sid']>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<TwilioConversation['provider']>().toEqualTypeOf<'twilio'>()
    // @ts-expect-error -- channelId is Bird's
    expectTypeOf<TwilioConversation['raw']['channelId']>()
    const fromBird = list({ provider: onBird, participant: { id: 'x' } })
    expectTypeOf(fromBird).toEqualTypeOf<ConversationList<BirdConversation>>()
    expectTypeOf<BirdConversation['raw']>().toEqualTypeOf<BirdConversationResource>()
  })

  it('yields the same type in every way to read it', () => {
    const fromTwilio = list({ provider: onTwilio, participant: { address } })
    expectTypeOf(fromTwilio).toExtend<AsyncIterable<TwilioConversation>>()
    expectTypeOf(fromTwilio.pages()).toEqualTypeOf<AsyncIterable<ConversationPage<TwilioConversation>>>()
    expectTypeOf(fromTwilio.toArray).returns.toEqualTypeOf<Promise<TwilioConversation[]>>()
    const first = () => fromTwilio.first()
    const firstTwo = () => fromTwilio.first(2)
    expectTypeOf(first).returns.toEqualTypeOf<Promise<TwilioConversation | null>>()
    expectTypeOf(firstTwo).returns.toEqualTypeOf<Promise<ConversationBatch<TwilioConversation>>>()
  })

  it('pages, batches and lists are annotated with their conversations, so that raw keeps its type', () => {
    const fromTwilio = list({ provider: onTwilio, participant: { address } })
    const sidOf = ({ items }: ConversationPage<TwilioConversation>) => items[0]?.raw.conversation_sid
    expectTypeOf(fromTwilio.pages()).toExtend<AsyncIterable<Parameters<typeof sidOf>[0]>>()
    expectTypeOf(sidOf).returns.toEqualTypeOf<string | null | undefined>()
    expectTypeOf<ConversationPage<TwilioConversation>>().toExtend<ConversationPage<Conversation>>()
    expectTypeOf<ConversationPage<Note>>().toExtend<ConversationPage<AnyConversation>>()
    expectTypeOf<ConversationBatch<BirdConversation>>().toExtend<ConversationBatch<Conversation>>()
    // @ts-expect-error -- raw would be unknown
    expectTypeOf<ConversationPage>()
    // @ts-expect-error -- raw would be unknown
    expectTypeOf<ConversationBatch>()
    // @ts-expect-error -- raw would be unknown
    expectTypeOf<ConversationList>()
  })

  it('takes several participants, each of which it can look up', () => {
    const mail = { address: 'jo@example.com' }
    list({ provider: onTwilio, participant: [{ address }, { identity: 'jo' }, mail] })
    // @ts-expect-error -- Twilio cannot look up an id
    const withId = () => list({ provider: onTwilio, participant: [{ address }, { id: 'x' }] })
    expect(refusalOf(withId)).toBe('twilio')
  })

  it('a Conversation narrows on its provider', () => {
    const rawTextOf = (conversation: Conversation): string | null | undefined => {
      if (conversation.provider === 'twilio') {
        expectTypeOf(conversation).toEqualTypeOf<TwilioConversation>()
        return conversation.raw.conversation_friendly_name
      }
      expectTypeOf(conversation).toEqualTypeOf<BirdConversation>()
      return conversation.raw.name
    }
    expectTypeOf(rawTextOf).parameter(0).toExtend<AnyConversation>()
    expectTypeOf<TwilioConversation>().toExtend<Conversation>()
    expectTypeOf<BirdConversation>().toExtend<Conversation>()
  })
})

describe('several providers', () => {
  const array = [onTwilio, onBird]
  const frozen = [onTwilio, onBird] as const
  const readonly: readonly (TwilioProvider | BirdProvider)[] = array
  const anyProviders: ConversationProvider[] = [onTwilio, onBird, notes]

  it('yield the conversations of each, however their array is written', () => {
    const lists = [
      list({ provider: [onTwilio, onBird], participant: { address } }),
      list({ provider: array, participant: { address } }),
      list({ provider: frozen, participant: [{ id: 'x' }, { address }] }),
      list({ provider: readonly, participant: { address } }),
      list({ provider: [onTwilio, ...(accountSid === '' ? [] : [onBird])], participant: { address } }),
    ] as const
    expectTypeOf(lists).items.toEqualTypeOf<ConversationList<Conversation>>()
    const withNotes = list({
      provider: [onTwilio, onBird, notes],
      participant: [{ id: 'x' }, { address }],
    })
    expectTypeOf(withNotes).toEqualTypeOf<ConversationList<Conversation | Note>>()
    expectTypeOf<ConversationOf<typeof array>>().toEqualTypeOf<Conversation>()
    expectTypeOf<ConversationOf<typeof frozen>>().toEqualTypeOf<Conversation>()
  })

  it('narrow on the provider of each conversation', () => {
    const rawIds = async () => {
      const ids: (string | null | undefined)[] = []
      for await (const conversation of list({ provider: array, participant: { address } })) {
        if (conversation.provider === 'twilio') ids.push(conversation.raw.conversation_sid)
        else ids.push(conversation.raw.id)
      }
      return ids
    }
    return expect(rawIds()).resolves.toEqual([])
  })

  it('take one participant that each of them can look up', () => {
    // @ts-expect-error -- Twilio cannot look up an id
    const byId = () => list({ provider: [onTwilio, onBird], participant: { id: 'x' } })
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => list({ provider: [onTwilio, onBird], participant: { identity: 'jo' } })
    expect([byId, byIdentity].map(refusalOf)).toEqual(['twilio', 'bird'])
  })

  it('take several participants, each of which one of them can look up', () => {
    const participant = [
      { address },
      { identity: 'jo' },
      { id: 'x' },
      { identifierKey: 'phonenumber', identifierValue: address },
    ] as const
    const every = list({ provider: [onTwilio, onBird], participant })
    expectTypeOf(every).toEqualTypeOf<ConversationList<Conversation>>()
    const inline = list({
      provider: [onTwilio, onBird],
      participant: [{ address }, { identity: 'jo' }, { id: 'x' }],
    })
    expectTypeOf(inline).toEqualTypeOf<ConversationList<Conversation>>()
    // @ts-expect-error -- nobody here can look up an id
    const withId = () => list({ provider: [onTwilio, onTwilio], participant: [{ address }, { id: 'x' }] })
    expect(refusalOf(withId)).toBe('twilio')
  })

  it('may have no form in common', () => {
    interface ById extends ConversationProvider<Note, 'id'> {}
    interface ByIdentity extends ConversationProvider<Note, 'identity'> {}
    const { scope, capabilities, listPage } = notes
    const byId: ById = { name: 'by-id', scope, capabilities, listPage }
    const byIdentity: ByIdentity = { name: 'by-identity', scope, capabilities, listPage }
    list({ provider: [byId, byIdentity], participant: [{ id: 'x' }, { identity: 'x' }] })
    // @ts-expect-error -- the other one cannot look up an id
    const one = () => list({ provider: [byId, byIdentity], participant: { id: 'x' } })
    // Without lookups(), an adapter takes every form at run time.
    expect(one).not.toThrow()
  })

  it('of any type take any participant, which is checked at run time', () => {
    const call = () => list({ provider: anyProviders, participant: { identity: 'x' } })
    expectTypeOf(call).returns.toEqualTypeOf<ConversationList<AnyConversation>>()
    expect(refusalOf(call)).toBe('bird')
    expectTypeOf(anyProviders.map(({ scope }) => scope)).toEqualTypeOf<string[]>()
  })
})

describe('a provider that is chosen at run time', () => {
  const registry = { twilio: onTwilio, bird: onBird }
  const name: keyof typeof registry = accountSid.startsWith('AC') ? 'twilio' : 'bird'

  it('needs no annotation and yields conversations of either type', () => {
    const lists = [
      list({ provider: chosen, participant: { address, channel: 'sms' } }),
      list({ provider: accountSid.startsWith('AC') ? onTwilio : onBird, participant: { address } }),
      list({ provider: accountSid === '' ? onTwilio : [onTwilio, onBird], participant: { address } }),
      list({ provider: registry[name as keyof typeof registry], participant: { address } }),
      list({ provider: Object.values(registry), participant: [{ identity: 'x' }, { id: 'x' }] }),
    ] as const
    expectTypeOf(lists).items.toEqualTypeOf<ConversationList<Conversation>>()
    const withNotes = list({ provider: [chosen, notes], participant: [{ address }, { id: 'x' }] })
    expectTypeOf(withNotes).toEqualTypeOf<ConversationList<Conversation | Note>>()
  })

  it('takes only participants that each of them can look up', () => {
    expectTypeOf<ParticipantOf<typeof chosen>>().toEqualTypeOf<ParticipantRef<'phone' | 'address'>>()
    // @ts-expect-error -- Twilio cannot look up an id
    const byId = () => list({ provider: chosen, participant: { id: 'x' } })
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => list({ provider: chosen, participant: { identity: 'ada' } })
    expect(refusalOf(byId)).toBe('twilio')
    expect(byIdentity).not.toThrow()
  })

  it('may be of any type, and then takes any participant', () => {
    const anyList = (provider: ConversationProvider, participant: ParticipantRef) =>
      list({ provider, participant: [participant] })
    expectTypeOf(anyList).returns.toEqualTypeOf<ConversationList<AnyConversation>>()
    expectTypeOf(onTwilio).toExtend<ConversationProvider>()
    expectTypeOf(onBird).toExtend<ConversationProvider>()
    expect(() => list({ provider: anyProvider, participant: { identity: 'ada' } })).not.toThrow()
    expect(refusalOf(() => anyList(onTwilio, { id: 'x' }))).toBe('twilio')
    expect(refusalOf(() => anyList(onBird, { identity: 'ada' }))).toBe('bird')
  })
})

describe('a participant', () => {
  it('has exactly one form', () => {
    const both = () =>
      list({
        provider: onTwilio,
        // @ts-expect-error -- it is an address or an identity
        participant: { address, identity: 'ada' },
      })
    const three = (provider: ConversationProvider, participant: { id: string; address: string }) =>
      // @ts-expect-error -- it is an id or an address
      list({ provider, participant })
    // @ts-expect-error -- it needs a form
    const none = () => list({ provider: onTwilio, participant: {} })
    // @ts-expect-error -- it is an object
    const text = () => list({ provider: onTwilio, participant: address })
    for (const call of [both, () => three(onBird, { id: 'x', address }), none, text]) {
      expect(call).toThrow(/participant must be one of/)
    }
    expectTypeOf<{ address: string; channel: 'sms' }>().toExtend<ParticipantRef>()
    expectTypeOf<{ identity: string; id: string }>().not.toExtend<ParticipantRef>()
    expectTypeOf<{ identifierKey: string }>().not.toExtend<ParticipantRef>()
  })

  it('cannot have an undefined address, such as that of a variable that may be missing', () => {
    const maybe: string | undefined = [address].at(1)
    // @ts-expect-error -- it may be undefined
    const call = () => list({ provider: onTwilio, participant: { address: maybe } })
    expect(call).toThrow(/participant must be one of/)
  })

  it('accepts channels beyond the known ones', () => {
    list({ provider: onTwilio, participant: { address, channel: 'carrier-pigeon' } })
    // @ts-expect-error -- a channel is a string
    const numbered = () => list({ provider: onTwilio, participant: { address, channel: 1 } })
    expect(numbered).toThrow(/participant\.channel must be a string/)
  })

  it('of a conversation can be passed back to any provider, once it is known not to be null', () => {
    const passBack = (participant: Participant) => {
      list({ provider: onTwilio, participant })
      list({ provider: onBird, participant })
      list({ provider: [onTwilio, onBird], participant: [participant] })
    }
    expectTypeOf(passBack).parameter(0).toExtend<ParticipantRef>()
    const passBackOf = ({ participant, participants }: Conversation) => {
      // @ts-expect-error -- it may be null
      const unchecked = () => list({ provider: onTwilio, participant })
      expect(unchecked).toThrow(/participant must be one of/)
      if (participant !== null) list({ provider: onBird, participant })
      for (const each of participants) list({ provider: [onTwilio, onBird], participant: each })
    }
    expect(() => passBackOf({ ...conversationOf('1'), provider: 'twilio', raw: {} })).not.toThrow()
  })

  it('may name its provider, and is then for that one only', () => {
    list({ provider: [onTwilio, onBird], participant: [{ address }, { provider: 'bird', id: 'x' }] })
    // @ts-expect-error -- the name is a string
    const numbered = () => list({ provider: onTwilio, participant: { provider: 1, address } })
    expect(numbered).toThrow(/participant\.provider must be the name of a provider/)
  })

  it('of any form is for a provider of any type, or one of several for providers that have every form', () => {
    const customer: { refs: ParticipantRef[] } = { refs: [{ address }, { id: 'x' }, { identity: 'jo' }] }
    list({ provider: [onTwilio, onBird], participant: customer.refs })
    const mixed = [{ address }, { identity: 'jo' }]
    list({ provider: [onTwilio, onBird], participant: mixed })
    const ofBoth: ParticipantOf<readonly [TwilioProvider, BirdProvider]> = { address }
    list({ provider: [onTwilio, onBird], participant: ofBoth })
    const call = (participant: ParticipantRef) => {
      list({ provider: anyProvider, participant })
      // @ts-expect-error -- Twilio cannot look up every form
      return list({ provider: onTwilio, participant })
    }
    expect(() => call({ identity: 'jo' })).not.toThrow()
    expect(refusalOf(() => call({ id: 'x' }))).toBe('twilio')
  })
})

describe('a wrapper', () => {
  it('for one provider keeps its types', () => {
    const all = <P extends ConversationProvider>(provider: P, participant: ParticipantOf<P>) =>
      list({ provider, participant, limit: 1 })
    const fromTwilio = all(onTwilio, { identity: 'ada' })
    expectTypeOf(fromTwilio).toEqualTypeOf<ConversationList<TwilioConversation>>()
    expectTypeOf<ConversationOf<typeof onBird>>().toEqualTypeOf<BirdConversation>()
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => all(onBird, { identity: 'ada' })
    expect(refusalOf(byIdentity)).toBe('bird')
    // @ts-expect-error -- a function that creates a provider is none
    expectTypeOf<ConversationOf<typeof twilio>>()
  })

  it('that is generic in conversations and forms keeps both', () => {
    const generic = <C extends AnyConversation, F extends ParticipantForm>(
      provider: ConversationProvider<C, F>,
      participant: ParticipantOf<ConversationProvider<C, F>>,
    ) => list({ provider, participant })
    expectTypeOf(generic(onTwilio, { address })).toEqualTypeOf<ConversationList<TwilioConversation>>()
  })

  it('of all options keeps the types, also with some of its own', async () => {
    const withOptions = <P extends ConversationProvider>(options: ListOptions<P>) =>
      list({ limit: 10, ...options }).first(5)
    const batch = await withOptions({
      provider: chosen,
      participant: { address },
      filter: ({ provider }) => provider === 'bird',
    })
    expectTypeOf(batch).toEqualTypeOf<ConversationBatch<Conversation>>()
    const withSignal = <P extends ConversationProvider>(
      options: Omit<ListOptions<P>, 'signal'>,
      signal: AbortSignal,
    ) => list<P>({ ...options, signal })
    const aborted = withSignal({ provider: onBird, participant: { id: 'x' } }, AbortSignal.abort('enough'))
    expectTypeOf(aborted).toEqualTypeOf<ConversationList<BirdConversation>>()
    await expect(aborted.toArray()).rejects.toBe('enough')
  })

  it('of options without a type parameter takes any provider', async () => {
    const rawOfBird = async (options: ListOptions): Promise<unknown> => {
      for await (const { provider, raw } of list(options)) if (provider === 'bird') return raw
      return null
    }
    expect(await rawOfBird({ provider: onTwilio, participant: { address } })).toBeNull()
  })

  it('may take one provider or several', async () => {
    const open = <P extends ConversationProvider>(provider: P | readonly P[], phone: string) =>
      // Every provider here looks up addresses.
      list({ provider, participant: { address: phone } as ParticipantOf<P>, status: 'active' }).first(1)
    const everywhere = <const P extends readonly ConversationProvider[]>(
      provider: P,
      participant: ParticipantOf<P[number]>,
    ) => list<P[number]>({ provider, participant })
    expectTypeOf(everywhere([onTwilio, onBird], { address })).toEqualTypeOf<ConversationList<Conversation>>()
    expect(await open([onTwilio, onBird], address)).toEqual({ items: [], nextCursor: null })
  })

  it('may be a class', async () => {
    class Inbox<P extends ConversationProvider> {
      readonly #provider: P
      constructor(provider: P) {
        this.#provider = provider
      }
      all(participant: ParticipantOf<P>): Promise<ConversationOf<P>[]> {
        return list({ provider: this.#provider, participant, limit: 50 }).toArray()
      }
    }
    const all = new Inbox(onTwilio).all({ identity: 'jo' })
    expectTypeOf(all).toEqualTypeOf<Promise<TwilioConversation[]>>()
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => new Inbox(onBird).all({ identity: 'jo' })
    expect(refusalOf(byIdentity)).toBe('bird')
    expect(await all).toEqual([])
  })

  it('may be a generator', async () => {
    async function* either() {
      yield* list({ provider: chosen, participant: { address } })
    }
    const generated: AsyncGenerator<Conversation, unknown, unknown> = either()
    expect(await generated.next()).toEqual({ done: true, value: undefined })
  })

  it('may keep the options in a variable', () => {
    const options = {
      provider: [onTwilio, onBird],
      participant: [{ address }],
    } satisfies ListOptions<TwilioProvider | BirdProvider>
    expectTypeOf(list(options)).toEqualTypeOf<ConversationList<Conversation>>()
    const more = list({ ...options, limit: 5, filter: ({ provider }) => provider === 'bird' })
    expectTypeOf(more).toEqualTypeOf<ConversationList<Conversation>>()
  })
})

describe('a custom adapter', () => {
  class Desk {
    readonly name = 'notes'
    readonly scope = 'desk'
    readonly capabilities = notes.capabilities
    async listPage() {
      const items: Note[] = []
      return { items, nextPageToken: null, requestId: null, total: null }
    }
  }

  it('has its own conversation and participant types', async () => {
    const all = list({ provider: notes, participant: { id: 'ada' } })
    expectTypeOf(all).toEqualTypeOf<ConversationList<Note>>()
    expect((await all.toArray()).map(({ raw }) => raw.author)).toEqual(['{"id":"ada"}'])
    expectTypeOf<ParticipantOf<typeof notes>>().toEqualTypeOf<ParticipantRef<'id'>>()
    // @ts-expect-error -- this adapter looks up ids only
    const byAddress = () => list({ provider: notes, participant: { address } })
    expect(byAddress).not.toThrow()
  })

  it('may be a class instance, alone or among others', async () => {
    const desk = list({ provider: new Desk(), participant: { id: 'ada' } })
    expectTypeOf(desk).toEqualTypeOf<ConversationList<Note>>()
    const both = list({ provider: [new Desk(), onTwilio], participant: { address } })
    expectTypeOf(both).toEqualTypeOf<ConversationList<Note | TwilioConversation>>()
    expect([...(await desk.toArray()), ...(await both.toArray())]).toEqual([])
  })

  it('of a class takes the forms of its lookups()', () => {
    class ById extends Desk {
      lookups(participant: ParticipantRef<'id'>) {
        return [{ key: JSON.stringify(participant) }]
      }
    }
    list({ provider: new ById(), participant: { id: 'ada' } })
    // @ts-expect-error -- this adapter looks up ids only
    const byAddress = () => list({ provider: new ById(), participant: { address } })
    expect(byAddress).not.toThrow()
  })

  it('may be written inline', async () => {
    const inline = list({
      provider: {
        name: 'notes',
        scope: '',
        capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
        async listPage({ participant, pageToken }) {
          expectTypeOf(participant).toEqualTypeOf<ParticipantRef>()
          expectTypeOf(pageToken).toEqualTypeOf<string | null>()
          const note: Note = { ...conversationOf('1'), provider: 'notes', raw: { author: 'jo' } }
          return { items: [note], nextPageToken: pageToken, requestId: null, total: null }
        },
      },
      participant: { id: 'x' },
      filter(conversation) {
        expectTypeOf(conversation).toEqualTypeOf<Note>()
        return conversation.raw.author === 'jo'
      },
    })
    expectTypeOf(inline).toEqualTypeOf<ConversationList<Note>>()
    expect(idsOf(await inline.toArray())).toEqual(['1'])
  })

  it('may be chosen at run time among others', () => {
    const provider = accountSid.startsWith('AC') ? notes : onBird
    const all = list({ provider, participant: { id: 'ada' } })
    expectTypeOf(all).toEqualTypeOf<ConversationList<Note | BirdConversation>>()
    expectTypeOf<ParticipantOf<typeof provider>>().toEqualTypeOf<ParticipantRef<'id'>>()
  })

  it('is not the function that creates it', () => {
    // @ts-expect-error -- twilio() is a provider, twilio is not
    const one = () => list({ provider: twilio, participant: { address } })
    // @ts-expect-error -- nor in an array
    const among = () => list({ provider: [onBird, twilio], participant: { address } })
    expect(one).toThrow(/provider must be a provider/)
    expect(among).toThrow(/provider must be a provider/)
  })
})

describe('errors', () => {
  it('narrow with instanceof', () => {
    const waitOf = (error: unknown): number | null => {
      if (error instanceof RateLimitError) return error.retryAfterMs
      if (error instanceof ConversationsError) expectTypeOf(error.cursor).toEqualTypeOf<string | null>()
      return null
    }
    expect(waitOf(new ConversationsError('no'))).toBeNull()
  })
})
