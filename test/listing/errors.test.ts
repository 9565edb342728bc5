import { types } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  ConversationsError,
  type ListOptions,
  listParticipantConversations,
  ServerError,
} from '../../src/index.ts'
import {
  address,
  birdPage,
  birdWith,
  conversationOf,
  errorOf,
  type FakeProvider,
  fakeProvider,
  firstCursorOf,
  idsOf,
  numbered,
  type PageRequest,
  recordingFetch,
  rejectionOf,
  settled,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'

const participant = { id: 'someone' }
const broken = new Error('broken')

/** Ten conversations in pages of three; the request with this number fails. */
function failingAt(failing: number): FakeProvider {
  const answer = numbered(10, 3)
  return fakeProvider((request: PageRequest, call) => {
    if (call === failing) throw broken
    return answer(request)
  })
}

/** Iterates to the end or the first error. */
async function readUntilError(options: ListOptions) {
  const ids: string[] = []
  const iterator = listParticipantConversations(options)[Symbol.asyncIterator]()
  try {
    for (let result = await iterator.next(); !result.done; result = await iterator.next()) {
      ids.push(result.value.id)
    }
  } catch (error) {
    return { ids, error, after: await iterator.next() }
  }
  return { ids, error: null, after: await iterator.next() }
}

describe('an error while listing', () => {
  for (const prefetch of [false, true]) {
    const how = prefetch ? ' with prefetch' : ''

    it(`has a cursor that continues exactly where it happened, on any page${how}`, async () => {
      for (const failing of [0, 1, 2, 3]) {
        const query = { participant, prefetch }
        const { ids, error } = await readUntilError({ ...query, provider: failingAt(failing) })
        if (!(error instanceof ConversationsError)) throw error
        const rest = await readUntilError({
          ...query,
          provider: failingAt(-1),
          cursor: error.cursor ?? 'none',
        })
        expect([...ids, ...rest.ids]).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        expect(ids).toHaveLength(failing * 3)
      }
    })

    it(`ends the iterator, whether of conversations or of pages${how}`, async () => {
      const { after } = await readUntilError({ provider: failingAt(1), participant, prefetch })
      expect(after).toEqual({ done: true, value: undefined })
      const pages = listParticipantConversations({ provider: failingAt(1), participant, prefetch })
        .pages()
        [Symbol.asyncIterator]()
      await pages.next()
      await errorOf(pages.next(), ConversationsError)
      expect(await pages.next()).toEqual({ done: true, value: undefined })
    })
  }

  it('keeps the offset of the cursor that the listing started from', async () => {
    const cursor = await firstCursorOf(
      listParticipantConversations({ provider: longPages(), participant, limit: 2 }),
    )
    const failing = fakeProvider(() => {
      throw broken
    })
    const error = await errorOf(
      listParticipantConversations({
        provider: failing,
        participant,
        cursor,
      }).toArray(),
      ConversationsError,
    )
    expect(error.cursor).toBe(cursor)
    const rest = await listParticipantConversations({
      provider: longPages(),
      participant,
      cursor: error.cursor ?? 'none',
    }).toArray()
    expect(idsOf(rest)).toEqual(['2', '3', '4'])
  })

  it('has the cursor of the start in toArray(), even if the signal is aborted meanwhile', async () => {
    let failures = 0
    for (let turns = 0; turns < 12; turns += 1) {
      const controller = new AbortController()
      const provider = failingAt(1)
      const { signal } = controller
      const listing = rejectionOf(listParticipantConversations({ provider, participant, signal }).toArray())
      for (let turn = 0; provider.requests.length < 2 && turn < 1000; turn += 1) await null
      for (let turn = 0; turn < turns; turn += 1) await null
      controller.abort('enough')
      const error = await listing
      if (error === 'enough') continue
      failures += 1
      const rest = listParticipantConversations({
        provider: failingAt(99),
        participant,
        cursor: (error as ConversationsError).cursor,
      })
      expect(await rest.toArray()).toHaveLength(10)
    }
    expect(failures).toBeGreaterThan(0)
  })

  it('has a cursor after its page if an adapter cannot read its own page token', async () => {
    const provider: ConversationProvider = {
      ...fakeProvider(numbered(4, 2)),
      pageTokenIdentity: (token) => String(JSON.parse(`{${token}`)),
    }
    const { ids, error } = await readUntilError({ provider, participant })
    expect(ids).toEqual(['0', '1'])
    expect(error).toMatchObject({ provider: 'fake', cause: expect.any(SyntaxError) })
    const { cursor } = error as ConversationsError
    const rest = listParticipantConversations({ provider: fakeProvider(numbered(4, 2)), participant, cursor })
    expect(idsOf(await rest.toArray())).toEqual(['2', '3'])
  })

  it('is an error of the library if an adapter cannot read the page token of a changed cursor', async () => {
    const provider: ConversationProvider = {
      ...fakeProvider(() => ({ items: [conversationOf('1')], nextPageToken: '{"page":2}' })),
      pageTokenIdentity: (token) => String(JSON.parse(token).page),
    }
    const cursor = String(await firstCursorOf(listParticipantConversations({ provider, participant })))
    const payload = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...payload, t: 'page 2' })).toString('base64url')
    const list = listParticipantConversations({ provider, participant, cursor: changed })
    const error = await errorOf(list.toArray(), ConversationsError)
    expect(error).toMatchObject({ provider: 'fake', cause: expect.any(SyntaxError) })
  })

  it('becomes the cause of a ConversationsError if an adapter throws it', async () => {
    const { error } = await readUntilError({ provider: failingAt(1), participant })
    expect(error).toBeInstanceOf(ConversationsError)
    expect(error).toMatchObject({ name: 'ConversationsError', provider: 'fake', cause: broken })
    expect(String(error)).toContain('fake: broken')
  })

  it('stays the same object, with a cursor, if an adapter throws a ConversationsError', async () => {
    const own = new ConversationsError('out of order', { provider: 'fake' })
    const provider = fakeProvider(() => {
      throw own
    })
    const { error } = await readUntilError({ provider, participant })
    expect(error).toBe(own)
    expect(own.cursor).toEqual(expect.any(String))
    // A log or a queue that copies the properties of an error gets the cursor too.
    expect({ ...own }).toHaveProperty('cursor', own.cursor)
  })

  it('has the right cursor in each of two listings that fail with the same object', async () => {
    const own = new ConversationsError('out of order', { provider: 'fake' })
    const provider = fakeProvider(({ pageToken }) => {
      if (pageToken === null) return { items: [], nextPageToken: 'next' }
      throw own
    })
    const cursors = await Promise.all(
      ['someone', 'somebody else'].map(async (id) => {
        const list = listParticipantConversations({ provider, participant: { id } })
        return (await errorOf(list.toArray(), ConversationsError)).cursor
      }),
    )
    expect(new Set(cursors).size).toBe(2)
    for (const [index, id] of ['someone', 'somebody else'].entries()) {
      const again = { provider, participant: { id }, cursor: cursors[index] ?? undefined }
      const error = await errorOf(listParticipantConversations(again).toArray(), ConversationsError)
      expect(error.cursor).toBe(cursors[index])
      expect(error.stack).toContain('out of order')
      expect(types.isNativeError(error)).toBe(true)
    }
  })

  it('keeps its stack when its cursor is replaced', async () => {
    const own = new ConversationsError('out of order', { provider: 'fake' })
    const { stack } = own
    const provider = fakeProvider(() => {
      throw own
    })
    const list = listParticipantConversations({ provider, participant })
    const errors = [
      await errorOf(list.toArray(), ConversationsError),
      await errorOf(list.toArray(), ConversationsError),
    ]
    for (const error of errors) {
      expect(error.stack).toBe(stack)
      expect(error.stack).not.toContain('copyOf')
      expect(Object.keys(error)).not.toContain('stack')
    }
    expect(errors[1]).not.toBe(own)
  })

  it('has the status of the response, and a cursor that works once the provider has recovered', async () => {
    let isDown = true
    const { fetch } = recordingFetch(({ url }) => {
      if (url.searchParams.get('pageToken') === null) return birdPage(['1', '2'], 'second')
      return isDown ? new Response('', { status: 503 }) : birdPage(['3'])
    })
    const query = { provider: birdWith(fetch), participant }
    const error = await errorOf(listParticipantConversations(query).toArray(), ServerError)
    expect(error).toMatchObject({ name: 'ServerError', provider: 'bird', status: 503, attempts: 1 })
    isDown = false
    const rest = listParticipantConversations({ ...query, cursor: error.cursor ?? 'none' })
    expect(idsOf(await rest.toArray())).toEqual(['1', '2', '3'])
  })
})

describe('a failed prefetch', () => {
  it('is reported when its page is reached, after every conversation on the page before', async () => {
    const iterator = listParticipantConversations({ provider: failingAt(1), participant, prefetch: true })[
      Symbol.asyncIterator
    ]()
    const ids: string[] = []
    for (let item = 0; item < 3; item += 1) {
      const { done, value } = await iterator.next()
      await settled()
      if (!done) ids.push(value.id)
    }
    expect(ids).toEqual(['0', '1', '2'])
    expect(await errorOf(iterator.next(), ConversationsError)).toMatchObject({ cause: broken })
  })

  it('has the cursor of its own page', async () => {
    const nextPageUrl = 'https://conversations.twilio.com/v1/ParticipantConversations?Page=1&PageToken=PT2'
    const { fetch } = recordingFetch((_, index) =>
      index === 0 ? twilioPage(['CH1'], nextPageUrl) : new Response('', { status: 500 }),
    )
    const pages = listParticipantConversations({
      provider: twilioWith(fetch),
      participant: { address },
      prefetch: true,
    })
      .pages()
      [Symbol.asyncIterator]()
    const { value: first } = await pages.next()
    expect(await errorOf(pages.next(), ServerError)).toMatchObject({ cursor: first.nextCursor })
  })
})

/** One page of five, whatever page size is requested. */
function longPages(): FakeProvider {
  return fakeProvider(() => ({
    items: ['0', '1', '2', '3', '4'].map((id) => conversationOf(id)),
    nextPageToken: null,
  }))
}
