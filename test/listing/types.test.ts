import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AddressRef,
  type AnyConversation,
  type BirdConversation,
  type BirdConversationResource,
  bird,
  type Conversation,
  type ConversationList,
  type ConversationOf,
  type ConversationPage,
  type ConversationProvider,
  type ConversationStatus,
  ConversationsError,
  type HttpOptions,
  type IdRef,
  listParticipantConversations,
  type Participant,
  type ParticipantOf,
  type ParticipantRef,
  RateLimitError,
  type TwilioConversation,
  type TwilioParticipantConversation,
  twilio,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdWith,
  channelId,
  conversationOf,
  recordingFetch,
  thrownBy,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

const { fetch } = recordingFetch()
const onTwilio = twilioWith(fetch)
const onBird = birdWith(fetch)
const refused = UnsupportedParticipantError

describe('the types follow the provider:', () => {
  it('twilio() takes an address, an identity or a participant, but no Bird id', () => {
    listParticipantConversations({ provider: onTwilio, participant: { address } })
    listParticipantConversations({ provider: onTwilio, participant: { address, channel: 'whatsapp' } })
    listParticipantConversations({ provider: onTwilio, participant: { identity: 'ada' } })
    // @ts-expect-error -- Twilio cannot look up an id
    const byId = () => listParticipantConversations({ provider: onTwilio, participant: { id: 'x' } })
    const byIdentifier = () =>
      listParticipantConversations({
        provider: onTwilio,
        // @ts-expect-error -- nor an identifier
        participant: { identifierKey: 'phonenumber', identifierValue: address },
      })
    expect(thrownBy(byId, refused).provider).toBe('twilio')
    expect(thrownBy(byIdentifier, refused).provider).toBe('twilio')
  })

  it('bird() takes an address, an id, an identifier or a participant, but no identity', () => {
    listParticipantConversations({ provider: onBird, participant: { address } })
    listParticipantConversations({ provider: onBird, participant: { id: 'x' } })
    listParticipantConversations({
      provider: onBird,
      participant: { identifierKey: 'phonenumber', identifierValue: address },
    })
    const byIdentity = () =>
      listParticipantConversations({
        provider: onBird,
        // @ts-expect-error -- Bird knows no identities
        participant: { identity: 'ada' },
      })
    expect(thrownBy(byIdentity, refused).provider).toBe('bird')
  })

  it("twilio() yields conversations whose raw is Twilio's", () => {
    const list = listParticipantConversations({ provider: onTwilio, participant: { address } })
    expectTypeOf(list).toEqualTypeOf<ConversationList<TwilioConversation>>()
    expectTypeOf<TwilioConversation['raw']>().toEqualTypeOf<TwilioParticipantConversation>()
    expectTypeOf<TwilioConversation['raw']['conversation_sid']>().toEqualTypeOf<string | null | undefined>()
    expectTypeOf<TwilioConversation['provider']>().toEqualTypeOf<'twilio'>()
    // @ts-expect-error -- channelId is Bird's
    expectTypeOf<TwilioConversation['raw']['channelId']>()
    expectTypeOf(list.pages()).toEqualTypeOf<AsyncIterable<ConversationPage<TwilioConversation>>>()
    expectTypeOf(list.toArray).returns.toEqualTypeOf<Promise<TwilioConversation[]>>()
  })

  it("bird() yields conversations whose raw is Bird's", () => {
    const list = listParticipantConversations({ provider: onBird, participant: { id: 'x' } })
    expectTypeOf(list).toEqualTypeOf<ConversationList<BirdConversation>>()
    expectTypeOf<BirdConversation['raw']>().toEqualTypeOf<BirdConversationResource>()
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

  it('a participant has exactly one form', () => {
    const both = () =>
      listParticipantConversations({
        provider: onTwilio,
        // @ts-expect-error -- it is an address or an identity
        participant: { address, identity: 'ada' },
      })
    const three = (provider: ConversationProvider, participant: { id: string; address: string }) =>
      // @ts-expect-error -- it is an id or an address
      listParticipantConversations({ provider, participant })
    expect(both).toThrow(/participant must be one of/)
    expect(() => three(onBird, { id: 'x', address })).toThrow(/participant must be one of/)
    expectTypeOf<{ address: string; channel: 'sms' }>().toExtend<ParticipantRef>()
    expectTypeOf<{ identity: string; id: string }>().not.toExtend<ParticipantRef>()
    expectTypeOf<{ identifierKey: string }>().not.toExtend<ParticipantRef>()
  })

  it('cursor accepts null, as URLSearchParams.get() returns it', () => {
    const { searchParams } = new URL('https://example.com/inbox')
    const cursor = searchParams.get('cursor')
    expectTypeOf(cursor).toEqualTypeOf<string | null>()
    expect(() =>
      listParticipantConversations({ provider: onTwilio, participant: { address }, cursor }),
    ).not.toThrow()
  })

  it("a conversation's participant can be passed back to either provider", () => {
    const passBack = (participant: Participant) => {
      listParticipantConversations({ provider: onTwilio, participant })
      listParticipantConversations({ provider: onBird, participant })
    }
    expectTypeOf(passBack).parameter(0).toExtend<ParticipantRef>()
  })

  it('code for any provider may pass any participant, which is checked at run time', () => {
    const list = (provider: ConversationProvider, participant: ParticipantRef) =>
      listParticipantConversations({ provider, participant })
    expectTypeOf(list).returns.toEqualTypeOf<ConversationList<AnyConversation>>()
    expectTypeOf(onTwilio).toExtend<ConversationProvider>()
    expectTypeOf(onBird).toExtend<ConversationProvider>()
    expect(() => list(onTwilio, { identity: 'ada' })).not.toThrow()
    expect(thrownBy(() => list(onTwilio, { id: 'x' }), refused).provider).toBe('twilio')
    expect(thrownBy(() => list(onBird, { identity: 'ada' }), refused).provider).toBe('bird')
  })

  it('a provider chosen at run time needs no annotation and yields conversations of either type', () => {
    const provider = accountSid.startsWith('AC') ? onTwilio : onBird
    const list = listParticipantConversations({ provider, participant: { address, channel: 'sms' } })
    expectTypeOf(list).toEqualTypeOf<ConversationList<Conversation>>()
    const inline = listParticipantConversations({
      provider: accountSid.startsWith('AC') ? onTwilio : onBird,
      participant: { address },
    })
    const rawIds = async () => {
      const ids: (string | null | undefined)[] = []
      for await (const conversation of inline) {
        if (conversation.provider === 'twilio') ids.push(conversation.raw.conversation_sid)
        else ids.push(conversation.raw.id)
      }
      return ids
    }
    return expect(rawIds()).resolves.toEqual([])
  })

  it('a provider chosen at run time takes only participants that both can look up', () => {
    const provider = accountSid.startsWith('AC') ? onTwilio : onBird
    expectTypeOf<ParticipantOf<typeof provider>>().toEqualTypeOf<AddressRef | Participant>()
    // @ts-expect-error -- Twilio cannot look up an id
    const byId = () => listParticipantConversations({ provider, participant: { id: 'x' } })
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => listParticipantConversations({ provider, participant: { identity: 'ada' } })
    expect(thrownBy(byId, refused).provider).toBe('twilio')
    expect(byIdentity).not.toThrow()
  })

  it('a wrapper function keeps the types', () => {
    const newest = <P extends ConversationProvider>(provider: P, participant: ParticipantOf<P>) =>
      listParticipantConversations({ provider, participant, limit: 1 })
    const list = newest(onTwilio, { identity: 'ada' })
    expectTypeOf(list).toEqualTypeOf<ConversationList<TwilioConversation>>()
    expectTypeOf<ConversationOf<typeof onBird>>().toEqualTypeOf<BirdConversation>()
    // @ts-expect-error -- Bird knows no identities
    const byIdentity = () => newest(onBird, { identity: 'ada' })
    expect(thrownBy(byIdentity, refused).provider).toBe('bird')
  })

  it('several providers can be in one array', () => {
    const providers: ConversationProvider[] = [onTwilio, onBird]
    expectTypeOf(providers.map((provider) => provider.scope)).toEqualTypeOf<string[]>()
  })
})

describe('options', () => {
  it('do not compile with unknown names', () => {
    const misspelt = () =>
      listParticipantConversations({
        provider: onTwilio,
        participant: { address },
        // @ts-expect-error -- it is pageSize
        pagesize: 5,
      })
    // @ts-expect-error -- it is authToken
    const wrong = () => twilio({ accountSid, authtoken: authToken })
    // @ts-expect-error -- it is accessKey
    const wrongToo = () => bird({ apiKey: accessKey, workspaceId, channelId })
    for (const call of [misspelt, wrong, wrongToo]) expect(call).toThrow(/unknown option/)
  })

  it('may be undefined, so that a wrapper can pass its own on', () => {
    const list = (limit?: number, cursor?: string, status?: ConversationStatus) =>
      listParticipantConversations({ provider: onTwilio, participant: { address }, limit, cursor, status })
    expectTypeOf(list).returns.toEqualTypeOf<ConversationList<TwilioConversation>>()
    expect(() => list()).not.toThrow()
  })

  it('accept a fetch like the global one, and one with a narrower signature', async () => {
    const urls: string[] = []
    const own = async (url: string, init: RequestInit): Promise<Response> => {
      urls.push(`${init.method} ${url}`)
      return Response.json({ conversations: [] })
    }
    const list = (options: HttpOptions) =>
      listParticipantConversations({ provider: twilioWith(fetch, options), participant: { address } })
    await list({ fetch: own }).toArray()
    await list({ fetch: async (url) => own(url, { method: 'a method of' }) }).toArray()
    expect(urls).toEqual([
      expect.stringMatching(/^GET https:\/\/conversations.twilio.com/),
      expect.stringMatching(/^a method of https:\/\/conversations.twilio.com/),
    ])
    expectTypeOf<typeof globalThis.fetch>().toExtend<NonNullable<HttpOptions['fetch']>>()
    expectTypeOf<(url: string) => Promise<Response>>().toExtend<NonNullable<HttpOptions['fetch']>>()
    expectTypeOf<(url: URL) => Promise<Response>>().not.toExtend<NonNullable<HttpOptions['fetch']>>()
    expectTypeOf<(url: string) => Promise<string>>().not.toExtend<NonNullable<HttpOptions['fetch']>>()
  })

  it('accept channels beyond the known ones', () => {
    expectTypeOf<'carrier-pigeon'>().toExtend<NonNullable<AddressRef['channel']>>()
    expectTypeOf<number>().not.toExtend<NonNullable<AddressRef['channel']>>()
  })
})

describe('a custom adapter', () => {
  type Note = AnyConversation & { provider: 'notes'; raw: { author: string } }
  const notes: ConversationProvider<Note, IdRef> = {
    name: 'notes',
    scope: 'desk',
    capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
    async listPage({ participant, pageSize }) {
      expectTypeOf(participant).toEqualTypeOf<IdRef>()
      const note: Note = { ...conversationOf('1'), provider: 'notes', raw: { author: participant.id } }
      return { items: [note].slice(0, pageSize), nextPageToken: null, requestId: null, total: 1 }
    },
  }

  it('has its own conversation and participant types', async () => {
    const list = listParticipantConversations({ provider: notes, participant: { id: 'ada' } })
    expectTypeOf(list).toEqualTypeOf<ConversationList<Note>>()
    const [note] = await list.toArray()
    expect(note?.raw.author).toBe('ada')
    expectTypeOf<ParticipantOf<typeof notes>>().toEqualTypeOf<IdRef>()
    // @ts-expect-error -- this adapter looks up ids only
    const byAddress = () => listParticipantConversations({ provider: notes, participant: { address } })
    expect(byAddress).not.toThrow()
  })

  it('may be a class instance or written inline', async () => {
    class Notes {
      name = 'notes'
      scope = 'desk'
      capabilities = notes.capabilities
      async listPage() {
        const items: Note[] = []
        return { items, nextPageToken: null, requestId: null, total: null }
      }
    }
    const list = listParticipantConversations({ provider: new Notes(), participant: { id: 'ada' } })
    expectTypeOf(list).toEqualTypeOf<ConversationList<Note>>()
    const inline = listParticipantConversations({
      provider: {
        name: 'notes',
        scope: 'desk',
        capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
        listPage: ({ participant }) => {
          expectTypeOf(participant).toEqualTypeOf<ParticipantRef>()
          return new Notes().listPage()
        },
      },
      participant: { identity: 'ada' },
    })
    expectTypeOf(inline).toEqualTypeOf<ConversationList<Note>>()
    expect([...(await list.toArray()), ...(await inline.toArray())]).toEqual([])
  })

  it('may be chosen at run time among others', () => {
    const provider = accountSid.startsWith('AC') ? notes : onBird
    const list = listParticipantConversations({ provider, participant: { id: 'ada' } })
    expectTypeOf(list).toEqualTypeOf<ConversationList<Note | BirdConversation>>()
    expectTypeOf<ParticipantOf<typeof provider>>().toEqualTypeOf<IdRef>()
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
