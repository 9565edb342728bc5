import { describe, expect, it } from 'vitest'
import { bearer, defineProvider } from '../../src/adapter.ts'
import {
  ConfigurationError,
  ConversationsError,
  type InvalidConversation,
  type ListOptions,
  listParticipantConversations,
  ResponseValidationError,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  collect,
  conversationOf,
  errorOf,
  fakeProvider,
  firstPageOf,
  idsOf,
  recordingFetch,
  rejectionOf,
  settled,
  thrownBy,
  twilioWith,
} from '../support/listing.ts'

const nextPageUrl = 'https://conversations.twilio.com/v1/ParticipantConversations?Page=1&PageToken=PT2'
const meta = { key: 'conversations' }

/** Two pages, with invalid conversations among the valid ones of the first. */
const twilioAnswers = recordingFetch(({ url }) =>
  url.searchParams.has('PageToken')
    ? { conversations: [{ conversation_sid: 'CH4' }], meta }
    : {
        conversations: [
          { conversation_sid: 'CH1' },
          { conversation_sid: null, conversation_friendly_name: 'no id' },
          { conversation_sid: 'CH2' },
          null,
          { conversation_sid: '' },
          { conversation_sid: 'CH3' },
        ],
        meta: { ...meta, next_page_url: nextPageUrl },
      },
)
const birdAnswers = recordingFetch(({ url }) =>
  url.searchParams.has('pageToken')
    ? { results: [{ id: 'CH4' }] }
    : {
        results: [{ id: 'CH1' }, { id: null, name: 'no id' }, { id: 'CH2' }, null, { id: '' }, { id: 'CH3' }],
        nextPageToken: 'PT2',
      },
)
const custom = fakeProvider(({ pageToken }) => {
  const first = [conversationOf('CH1'), { ...conversationOf(''), raw: 'no id' }, conversationOf('CH2')]
  const broken: never[] = [null as never, { ...conversationOf(''), id: 7 } as never]
  return pageToken === null
    ? { items: [...first, ...broken, conversationOf('CH3')], nextPageToken: 'PT2' }
    : { items: [conversationOf('CH4')], nextPageToken: null }
})

const providers: Record<string, ListOptions['provider']> = {
  twilio: twilioWith(twilioAnswers.fetch),
  bird: birdWith(birdAnswers.fetch),
  'a custom adapter': custom,
}

describe.each(Object.entries(providers))('a conversation without an id from %s', (_, provider) => {
  const query = { provider, participant: { address } }
  const list = (options: Partial<ListOptions> = {}) => listParticipantConversations({ ...query, ...options })

  it('ends the listing by default, with a cursor that continues once it is skipped', async () => {
    for (const options of [{}, { onInvalidConversation: 'throw' as const }]) {
      const error = await errorOf(collect(list(options)), ResponseValidationError)
      expect(error.isRetryable).toBe(false)
      const rest = list({ cursor: error.cursor, onInvalidConversation: 'skip' })
      expect(idsOf(await rest.toArray())).toEqual(['CH1', 'CH2', 'CH3', 'CH4'])
    }
  })

  it('ends it with an error that names the option that continues past it', async () => {
    const error = await errorOf(list().toArray(), ResponseValidationError)
    expect(error.message).toMatch(
      /To list the others, set onInvalidConversation to 'skip' or to a function\.$/,
    )
    // The cursor alone leads to the same conversation.
    const again = await errorOf(list({ cursor: error.cursor }).toArray(), ResponseValidationError)
    expect(again.message).toBe(error.message)
  })

  it("is omitted with 'skip'", async () => {
    expect(idsOf(await list({ onInvalidConversation: 'skip' }).toArray())).toEqual([
      'CH1',
      'CH2',
      'CH3',
      'CH4',
    ])
  })

  it('is passed to a function, with what the provider sent', async () => {
    const told: InvalidConversation[] = []
    const all = await list({
      onInvalidConversation(invalid) {
        told.push(invalid)
        return 'skip'
      },
      prefetch: true,
    }).toArray()
    expect(idsOf(all)).toEqual(['CH1', 'CH2', 'CH3', 'CH4'])
    expect(told).toHaveLength(3)
    for (const { error } of told) expect(error).toBeInstanceOf(ResponseValidationError)
    expect(JSON.stringify(told[0]?.raw)).toContain('no id')
    expect(told[0]?.error.message).not.toContain('no id')
    expect(told[1]?.raw).toBeNull()
  })

  it('does not shift a cursor within its page', async () => {
    for (const limit of [1, 2, 3]) {
      const options = { onInvalidConversation: 'skip', limit } as const
      const { items, nextCursor } = await firstPageOf(list(options))
      const rest = await list({ onInvalidConversation: 'skip', cursor: nextCursor }).toArray()
      expect(idsOf([...items, ...rest])).toEqual(['CH1', 'CH2', 'CH3', 'CH4'])
    }
  })

  it('ends the listing if the function throws, with its error as the cause', async () => {
    const cause = new Error('mine')
    const onInvalidConversation = (): never => {
      throw cause
    }
    const error = await errorOf(list({ onInvalidConversation }).toArray(), ConversationsError)
    expect(error).toMatchObject({ cause, cursor: expect.any(String) })
    expect(error.message).toContain('onInvalidConversation threw')
  })
})

describe('onInvalidConversation', () => {
  const listFrom = (body: unknown) =>
    listParticipantConversations({
      provider: birdWith(recordingFetch(() => body).fetch),
      participant: { address },
      onInvalidConversation: 'skip',
    })

  const broken = { results: [{ id: true }, { id: 'CH1' }] }
  const query = { provider: birdWith(recordingFetch(() => broken).fetch), participant: { address } }

  it("ends the listing with the conversation's error if the function returns 'throw'", async () => {
    const list = listParticipantConversations({ ...query, onInvalidConversation: () => 'throw' })
    const error = await errorOf(list.toArray(), ResponseValidationError)
    expect(error).toMatchObject({ cursor: expect.any(String) })
    expect(error.message).toContain('results.0.id is a boolean')
  })

  it.each([
    ['undefined', () => undefined],
    ['a Promise', () => Promise.resolve('skip')],
    ['a Promise', () => Promise.reject(new Error('handled'))],
    ['"ignore"', () => 'ignore'],
  ])("ends the listing if the function returns neither 'throw' nor 'skip': %s", async (got, answer) => {
    const options = { ...query, onInvalidConversation: answer }
    const list: ReturnType<typeof listParticipantConversations> = Reflect.apply(
      listParticipantConversations,
      undefined,
      [options],
    )
    const error = await errorOf(list.toArray(), ConversationsError)
    expect(error).toMatchObject({ cursor: expect.any(String) })
    expect(error.message).toContain(`onInvalidConversation must return 'throw' or 'skip'; got ${got}`)
    await settled()
  })

  it('is not called once the listing has ended, even if the adapter ignores that', async () => {
    const told: unknown[] = []
    const provider = fakeProvider(async ({ pageToken }) => {
      if (pageToken !== null) await settled()
      return {
        items: [{ ...conversationOf(''), id: pageToken === null ? 'CH1' : '' }],
        nextPageToken: 'more',
      }
    })
    const options = { provider, participant: { address }, prefetch: true }
    const onInvalidConversation = (invalid: InvalidConversation) => {
      told.push(invalid)
      return 'skip' as const
    }
    for await (const _ of listParticipantConversations({ ...options, onInvalidConversation })) break
    await settled()
    await settled()
    expect(provider.requests).toHaveLength(2)
    expect(told).toEqual([])
  })

  it('counts as a row for adapters that page by offset', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => (index === 4 ? null : `CH${index}`))
    const provider = defineProvider({
      name: 'offset',
      scope: '',
      baseUrl: 'https://api.example.com',
      http: recordingFetch(({ url }) => {
        const offset = Number(url.searchParams.get('offset'))
        return ids.slice(offset, offset + 10).map((id) => ({ id }))
      }),
      authorization: bearer('secret-token'),
      participants: { id: true },
      statuses: { all: ['active'] },
      request: () => ({ path: ['conversations'] }),
      pageSize: { fixed: 10 },
      paging: { by: 'offset', query: 'offset', more: (_page, { rowCount }) => rowCount === 10 },
      rows: { normalize: () => ({ status: 'active' }) },
    })
    const list = listParticipantConversations({
      provider,
      participant: { id: 'x' },
      onInvalidConversation: 'skip',
    })
    expect(idsOf(await list.toArray())).toEqual(ids.filter((id) => id !== null))
  })

  it('does not take a full page of a mock for the last one, because one of its conversations is invalid', async () => {
    const conversations = [{ conversation_sid: 'CH1' }, { conversation_sid: null }]
    const list = listParticipantConversations({
      provider: twilioWith(recordingFetch(() => ({ conversations })).fetch),
      participant: { address },
      pageSize: 2,
      onInvalidConversation: 'skip',
    })
    const error = await errorOf(list.toArray(), ResponseValidationError)
    expect(error.message).toContain('no meta and a full page')
  })

  it('is not named by the error of a page that is invalid in another way', async () => {
    for (const body of [[], { results: 'none' }]) {
      const error = await errorOf(listFrom(body).toArray(), ResponseValidationError)
      expect(error.message).toMatch(/Check baseUrl; if it is correct, report this to the provider\.$/)
    }
  })

  it('does not skip a page that is invalid in another way', async () => {
    const bodies = [
      { results: 'none' },
      { results: [{ id: null }], nextPageToken: true },
      { results: { 0: {} } },
      [],
    ]
    for (const body of bodies) {
      expect(await rejectionOf(listFrom(body).toArray())).toBeInstanceOf(ResponseValidationError)
    }
  })

  it('skips a whole page of invalid conversations, however long', async () => {
    const results = Array.from({ length: 20_000 }, () => ({}))
    expect(await listFrom({ results }).toArray()).toEqual([])
  })

  it("must be 'throw', 'skip' or a function", () => {
    const call = () =>
      Reflect.apply(listParticipantConversations, undefined, [
        { provider: custom, participant: { address }, onInvalidConversation: 'ignore' },
      ])
    expect(thrownBy(call, ConfigurationError).message).toContain(
      `onInvalidConversation must be 'throw', 'skip' or a function; got "ignore"`,
    )
  })
})
