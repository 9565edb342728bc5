import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AnyConversation,
  type BirdConversation,
  bird,
  type Conversation,
  type ConversationList,
  type ConversationProvider,
  type ConversationStatus,
  type ConversationsError,
  type HttpOptions,
  listParticipantConversations as list,
  type TwilioConversation,
  twilio,
} from '../../src/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdPage,
  birdWith,
  channelId,
  conversationOf,
  idsOf,
  recordingFetch,
  twilioPage,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

// A call that must not compile is also made: what it throws is what code without types gets.

const { fetch } = recordingFetch(({ url }) =>
  url.hostname.includes('twilio') ? twilioPage(['CH1', 'CH2']) : birdPage(['b1', 'b2']),
)
const onTwilio = twilioWith(fetch)
const onBird = birdWith(fetch)
const both = [onTwilio, onBird]
const participant = { address }

type Note = AnyConversation & { provider: 'notes'; raw: { author: string } }
interface Notes extends ConversationProvider<Note, 'id', { archived?: boolean }> {}
const notes: Notes = {
  name: 'notes',
  scope: 'desk',
  capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
  async listPage({ options }) {
    const note: Note = {
      ...conversationOf('n1'),
      provider: 'notes',
      raw: { author: JSON.stringify(options) },
    }
    return { items: [note], nextPageToken: null, requestId: null, total: null }
  },
}

describe('options', () => {
  it('do not compile with unknown names', () => {
    const misspelt = () =>
      list({
        provider: onTwilio,
        participant,
        // @ts-expect-error -- it is pageSize
        pagesize: 5,
      })
    // @ts-expect-error -- it is authToken
    const wrong = () => twilio({ accountSid, authtoken: authToken })
    // @ts-expect-error -- it is accessKey
    const wrongToo = () => bird({ apiKey: accessKey, workspaceId, channelId })
    for (const call of [misspelt, wrong, wrongToo]) expect(call).toThrow(/unknown option/)
  })

  it('may be undefined, so that a wrapper can pass its own on', async () => {
    const wrapper = (limit?: number, cursor?: string, status?: ConversationStatus) =>
      list({ provider: onTwilio, participant, limit, cursor, status })
    expectTypeOf(wrapper).returns.toEqualTypeOf<ConversationList<TwilioConversation>>()
    const every = list({
      provider: onTwilio,
      participant,
      status: undefined,
      filter: undefined,
      limit: undefined,
      pageSize: undefined,
      cursor: null,
      cursorSecret: undefined,
      prefetch: undefined,
      concurrency: undefined,
      signal: undefined,
      onSourceError: undefined,
      onInvalidConversation: undefined,
      providerOptions: undefined,
    })
    expect(idsOf(await wrapper().toArray())).toEqual(idsOf(await every.toArray()))
  })

  it('accept null as a cursor, as URLSearchParams.get() returns it', () => {
    const { searchParams } = new URL('https://example.com/inbox')
    const cursor = searchParams.get('cursor')
    expectTypeOf(cursor).toEqualTypeOf<string | null>()
    expect(() => list({ provider: onTwilio, participant, cursor })).not.toThrow()
  })

  it('do not accept a status that may be any string', () => {
    const status: string = 'open'
    // @ts-expect-error -- it is one of a few words
    const call = () => list({ provider: onTwilio, participant, status })
    expect(call).toThrow(/status must be one of/)
  })

  it('are checked even if the array of providers is empty', () => {
    // @ts-expect-error -- an address is a string
    const call = () => list({ provider: [], participant: { address: 1 } })
    expect(call).toThrow(/provider must be a provider, or an array of at least one/)
    expect(call).toThrow(/participant\.address must be a string/)
  })

  it('accept a fetch like the global one, and one with a narrower signature', async () => {
    const urls: string[] = []
    const own = async (url: string, init: RequestInit): Promise<Response> => {
      urls.push(`${init.method} ${url}`)
      return Response.json({ conversations: [] })
    }
    const listWith = (options: HttpOptions) => list({ provider: twilioWith(fetch, options), participant })
    await listWith({ fetch: own }).toArray()
    await listWith({ fetch: async (url) => own(url, { method: 'a method of' }) }).toArray()
    expect(urls).toEqual([
      expect.stringMatching(/^GET https:\/\/conversations.twilio.com/),
      expect.stringMatching(/^a method of https:\/\/conversations.twilio.com/),
    ])
    expectTypeOf<typeof globalThis.fetch>().toExtend<NonNullable<HttpOptions['fetch']>>()
    expectTypeOf<(url: string) => Promise<Response>>().toExtend<NonNullable<HttpOptions['fetch']>>()
    expectTypeOf<(url: URL) => Promise<Response>>().not.toExtend<NonNullable<HttpOptions['fetch']>>()
    expectTypeOf<(url: string) => Promise<string>>().not.toExtend<NonNullable<HttpOptions['fetch']>>()
  })
})

describe('filter', () => {
  it('receives the conversations of its providers, wherever it stands among the options', async () => {
    const found = await Promise.all([
      list({
        provider: onTwilio,
        participant,
        filter: (conversation) => {
          expectTypeOf(conversation).toEqualTypeOf<TwilioConversation>()
          return conversation.raw.conversation_sid === 'CH1'
        },
      }).toArray(),
      list({
        filter: (conversation) => {
          expectTypeOf(conversation).toEqualTypeOf<Conversation>()
          return conversation.provider === 'bird' && conversation.raw.id === 'b2'
        },
        provider: [onTwilio, onBird],
        participant,
      }).toArray(),
      list({
        participant,
        filter(conversation) {
          expectTypeOf(conversation).toEqualTypeOf<BirdConversation>()
          return true
        },
        provider: onBird,
      }).toArray(),
    ])
    expect(found.map(idsOf)).toEqual([['CH1'], ['b2'], ['b1', 'b2']])
  })

  it('may return undefined, or be for any conversation', async () => {
    const titled = list({
      provider: both,
      filter: ({ title }) => title?.includes('x'),
      participant: [participant, { id: 'x' }],
    })
    const isOpen = ({ status }: AnyConversation) => status !== 'closed'
    const open = list({ provider: [onTwilio, onBird], participant, filter: isOpen })
    expectTypeOf(open).toEqualTypeOf<ConversationList<Conversation>>()
    expect([await titled.toArray(), await open.toArray()].map(idsOf)).toEqual([
      [],
      ['CH1', 'CH2', 'b1', 'b2'],
    ])
  })

  it('is not asynchronous', () => {
    // @ts-expect-error -- a promise is always true
    const asynchronous = list({ provider: onTwilio, participant, filter: async () => true })
    return expect(asynchronous.toArray()).rejects.toThrow(/filter must return true or false; got/)
  })

  it('knows the raw conversation', async () => {
    // @ts-expect-error -- raw.channel is no property of Twilio's
    const ofTwilio = list({ provider: onTwilio, participant, filter: ({ raw }) => raw.channel === 'x' })
    expect(await ofTwilio.toArray()).toEqual([])
  })
})

describe('onSourceError', () => {
  const failing = recordingFetch(() => new Response('', { status: 503 })).fetch
  const down = birdWith(failing)

  it('receives an error and the provider, and returns what to do', async () => {
    const missing: string[] = []
    const found = await list({
      provider: [down, onTwilio],
      participant,
      onSourceError(error, source) {
        expectTypeOf(error).toEqualTypeOf<ConversationsError>()
        expectTypeOf(source.provider).toEqualTypeOf<typeof down | typeof onTwilio>()
        missing.push(source.provider.name)
        return error.provider === 'bird' ? 'skip' : 'throw'
      },
    }).toArray()
    expect(idsOf(found)).toEqual(['CH1', 'CH2'])
    expect(missing).toEqual(['bird'])
  })

  it('may be one of two words, as onInvalidConversation may', async () => {
    const skipping = list({
      provider: [down, onTwilio],
      participant,
      onSourceError: 'skip',
      onInvalidConversation: 'skip',
    })
    expect(idsOf(await skipping.toArray())).toEqual(['CH1', 'CH2'])
  })

  it('returns no other word', async () => {
    // @ts-expect-error -- it is skip or throw
    const ignoring = list({ provider: [down, onTwilio], participant, onSourceError: () => 'ignore' })
    await expect(ignoring.toArray()).rejects.toThrow(
      /onSourceError must return 'throw' or 'skip'; got "ignore"/,
    )
  })

  it('is not asynchronous, and does not return nothing', async () => {
    const told: string[] = []
    const asynchronous = list({
      // @ts-expect-error -- it returns a promise
      onSourceError: async (error) => {
        told.push(error.message)
        return 'skip'
      },
      provider: [down, onTwilio],
      participant,
    })
    const silent = list({
      provider: [down, onTwilio],
      participant,
      // @ts-expect-error -- it returns undefined
      onSourceError: (error) => {
        told.push(error.message)
      },
    })
    for (const wrong of [asynchronous, silent]) {
      await expect(wrong.toArray()).rejects.toThrow(/onSourceError must return 'throw' or 'skip'/)
    }
    expect(told).toHaveLength(2)
  })
})

describe('onInvalidConversation', () => {
  it('does not return nothing', async () => {
    const invalid = birdWith(recordingFetch(() => ({ results: [{ name: 'no id' }] })).fetch)
    const told: string[] = []
    const wrong = list({
      provider: invalid,
      participant,
      // @ts-expect-error -- it returns the length of an array
      onInvalidConversation: ({ error }) => told.push(error.message),
    })
    await expect(wrong.toArray()).rejects.toThrow(/onInvalidConversation must return 'throw' or 'skip'/)
    expect(told).toHaveLength(1)
  })
})

describe('providerOptions', () => {
  it('are those of the providers at hand, under their names', async () => {
    list({
      provider: onBird,
      participant,
      providerOptions: { bird: { channelId: ['a'], reverse: true } },
    })
    const three = list({
      provider: [onTwilio, onBird, notes],
      participant: [participant, { provider: 'notes', id: 'x' }],
      providerOptions: { bird: { reverse: true }, notes: { archived: true } },
    })
    const authors = (await three.toArray()).flatMap((conversation) =>
      conversation.provider === 'notes' ? [conversation.raw.author] : [],
    )
    expect(authors).toEqual(['{"archived":true}'])
  })

  it('do not compile with unknown names', () => {
    const option = () =>
      list({
        provider: [onTwilio, onBird],
        participant,
        // @ts-expect-error -- it is reverse
        providerOptions: { bird: { revers: true } },
      })
    const ofTwilio = () =>
      list({
        provider: onTwilio,
        participant,
        // @ts-expect-error -- twilio() has none
        providerOptions: { twilio: { reverse: true } },
      })
    const provider = () =>
      list({
        provider: [onTwilio, onBird],
        participant,
        // @ts-expect-error -- there are no notes here
        providerOptions: { notes: {} },
      })
    expect(option).toThrow(/unknown option "providerOptions.bird.revers"/)
    expect(ofTwilio).toThrow(/unknown option "providerOptions.twilio.reverse"/)
    expect(provider).toThrow(/unknown option "providerOptions.notes"/)
  })

  it('of providers of any type may have any name, which is checked at run time', () => {
    const anyProviders: ConversationProvider[] = [onTwilio, onBird, notes]
    const call = () => list({ provider: anyProviders, participant, providerOptions: { whatever: { a: 1 } } })
    expect(call).toThrow(/unknown option "providerOptions.whatever"/)
  })
})
