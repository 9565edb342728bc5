import { describe, expect, it } from 'vitest'
import { bird, listParticipantConversations, PaginationError, twilio } from '../../src/index.ts'
import { listen } from '../../src/testing/server.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdPage,
  birdWith,
  channelId,
  collect,
  conversationOf,
  errorOf,
  fakeProvider,
  firstCursorOf,
  idsOf,
  type PageAnswer,
  recordingFetch,
  rejectionOf,
  twilioPage,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

const participant = { id: 'someone' }
const twilioUrl = 'https://conversations.twilio.com/v1/ParticipantConversations'

/** Counts pages 0, 1, 2, …, and returns to the start of the loop at its end. */
function pageAfter(page: number, tail: number, period: number): number {
  return page + 1 < tail + period ? page + 1 : tail
}

describe('page tokens that loop', () => {
  const circles = [0, 1, 5].flatMap((tail) => [1, 2, 3, 7].map((period) => ({ tail, period })))

  for (const { tail, period } of circles) {
    // The first page has no token, so no loop leads back to it.
    const where = `with a period of ${period} after ${tail + 1} pages`

    it(`${where} throw a PaginationError after delivering each conversation once`, async () => {
      const provider = fakeProvider(({ pageToken }) => {
        const page = Number(pageToken ?? -1)
        return { items: [conversationOf(String(page))], nextPageToken: String(pageAfter(page, tail, period)) }
      })
      const ids: string[] = []
      const read = async () => {
        const list = listParticipantConversations({ provider, participant, limit: 100 })
        for await (const { id } of list) ids.push(id)
      }
      const error = await errorOf(read(), PaginationError)
      expect(error).toMatchObject({ provider: 'fake', cursor: expect.any(String), isRetryable: false })
      expect(error.message).toContain('Do not continue in a loop')
      expect(ids).toEqual(Array.from({ length: tail + period + 1 }, (_, index) => String(index - 1)))
    })

    it(`${where} are detected on Twilio even though Page keeps increasing`, async () => {
      const { fetch, requests } = recordingFetch(({ url }) => {
        const page = Number(url.searchParams.get('PageToken') ?? -1)
        // An undetected loop would never end.
        if (requests.length > 100) throw new Error('the loop was not recognized')
        const next = `Page=${Number(url.searchParams.get('Page')) + 1}&PageToken=${pageAfter(page, tail, period)}`
        return twilioPage([`CH${page}`], `${twilioUrl}?${next}`)
      })
      const list = listParticipantConversations({ provider: twilioWith(fetch), participant: { address } })
      await errorOf(list.toArray(), PaginationError)
      expect(requests).toHaveLength(tail + period + 1)
    })
  }

  it('do not affect a listing that stops before them', async () => {
    const provider = fakeProvider(() => ({
      items: [conversationOf('1'), conversationOf('2')],
      nextPageToken: 'again',
    }))
    expect(await listParticipantConversations({ provider, participant, limit: 2 }).toArray()).toHaveLength(2)
  })

  it('are not prefetched', async () => {
    const provider = fakeProvider(() => ({ items: [conversationOf('1')], nextPageToken: 'again' }))
    const list = listParticipantConversations({ provider, participant, prefetch: true })
    await errorOf(list.toArray(), PaginationError)
    expect(provider.requests.map(({ pageToken }) => pageToken)).toEqual([null, 'again'])
  })

  it("are detected after a cursor, including a loop back to the cursor's own token", async () => {
    const provider = fakeProvider(({ pageToken }) => ({
      items: [conversationOf('1')],
      nextPageToken: pageToken === 'b' ? 'a' : pageToken === 'a' ? 'b' : 'a',
    }))
    const cursor = await firstCursorOf(listParticipantConversations({ provider, participant, limit: 1 }))
    const list = listParticipantConversations({ provider, participant, cursor })
    await errorOf(list.toArray(), PaginationError)
    expect(provider.requests.map(({ pageToken }) => pageToken)).toEqual([null, 'a', 'b'])
  })

  it('are detected even if there are too many to remember', async () => {
    // The tokens of the first 20 pages fill the memory for them; the loop starts later.
    const tokenOf = (page: number): string => String(page).padEnd(30_000, '.')
    const provider = fakeProvider(({ pageToken }) => {
      const page = pageToken === null ? -1 : Number.parseInt(pageToken, 10)
      return { items: [conversationOf(String(page))], nextPageToken: tokenOf(pageAfter(page, 50, 7)) }
    })
    const list = listParticipantConversations({ provider, participant, limit: 500 })
    await errorOf(list.toArray(), PaginationError)
    expect(provider.requests.length).toBeLessThan(200)
  })

  it('leave a cursor that repeats nothing from the last page, whichever of its conversations were deleted', async () => {
    const last = ['2', '3', '4']
    for (const gone of [[], ['2'], ['4'], ['3', '4']]) {
      let isMad = true
      const provider = fakeProvider(({ pageToken }) => {
        if (pageToken === null) return { items: [conversationOf('1')], nextPageToken: 'a' }
        if (pageToken === 'b') return { items: [conversationOf('5')], nextPageToken: null }
        const ids = last.filter((id) => isMad || !gone.includes(id))
        return { items: ids.map((id) => conversationOf(id)), nextPageToken: isMad ? 'a' : 'b' }
      })
      const query = { provider, participant }
      const ids: string[] = []
      const read = async () => {
        for await (const { id } of listParticipantConversations(query)) ids.push(id)
      }
      const { cursor } = await errorOf(read(), PaginationError)
      expect(ids).toEqual(['1', ...last])
      isMad = false
      expect(idsOf(await listParticipantConversations({ ...query, cursor }).toArray())).toEqual(['5'])
    }
  })

  it('leave a cursor that keeps its place if the page comes back empty', async () => {
    const whole = ['1', '2', '3'].map((id) => conversationOf(id))
    let answer: PageAnswer = { items: whole, nextPageToken: null }
    const provider = fakeProvider(() => answer)
    const query = { provider, participant }
    const { nextCursor } = await listParticipantConversations(query).first(2)
    answer = { items: [], nextPageToken: 'a\ud800' }
    const list = listParticipantConversations({ ...query, cursor: nextCursor })
    const { cursor } = await errorOf(collect(list), PaginationError)
    answer = { items: whole, nextPageToken: null }
    expect(idsOf(await listParticipantConversations({ ...query, cursor }).toArray())).toEqual(['3'])
  })

  it('leave a cursor that continues once the provider has recovered', async () => {
    let isMad = true
    const provider = fakeProvider(({ pageToken }) => {
      if (pageToken === null) return { items: [conversationOf('1')], nextPageToken: 'a' }
      if (pageToken === 'a') {
        return { items: [conversationOf('2'), conversationOf('3')], nextPageToken: isMad ? 'a' : 'b' }
      }
      return { items: [conversationOf('4')], nextPageToken: null }
    })
    const error = await errorOf(
      listParticipantConversations({ provider, participant }).toArray(),
      PaginationError,
    )
    isMad = false
    const rest = listParticipantConversations({ provider, participant, cursor: error.cursor ?? 'none' })
    expect(idsOf(await rest.toArray())).toEqual(['1', '2', '3', '4'])
  })
})

describe('consecutive empty pages, each with a new token,', () => {
  /** A provider with `full` empty pages before one with a conversation. */
  const emptyUntil = (full: number) =>
    fakeProvider(({ pageToken }) => {
      const page = Number(pageToken ?? 0)
      return {
        items: page === full ? [conversationOf('1')] : [],
        nextPageToken: page === full ? null : String(page + 1),
      }
    })

  it('do not end a listing if there are at most 999', async () => {
    const list = listParticipantConversations({ provider: emptyUntil(999), participant })
    expect(idsOf(await list.toArray())).toEqual(['1'])
  })

  it('end a listing after 1,000, with a cursor to continue from', async () => {
    const provider = emptyUntil(1500)
    const read = async () => {
      for await (const _ of listParticipantConversations({ provider, participant, prefetch: true })) break
    }
    const error = await errorOf(read(), PaginationError)
    expect(error.message).toContain('returned 1000 empty pages in a row')
    expect(error.isRetryable).toBe(false)
    expect(provider.requests).toHaveLength(1000)
    const rest = listParticipantConversations({ provider, participant, cursor: error.cursor })
    expect(idsOf(await rest.toArray())).toEqual(['1'])
    expect(provider.requests).toHaveLength(1501)
  })

  it('are counted from zero again after a page that is not empty, even if the filter drops all of it', async () => {
    const provider = fakeProvider(({ pageToken }) => {
      const page = Number(pageToken ?? 0)
      return {
        items: page % 600 === 599 ? [conversationOf(String(page), 'closed')] : [],
        nextPageToken: page < 1800 ? String(page + 1) : null,
      }
    })
    const list = listParticipantConversations({ provider, participant, status: 'active' })
    expect(await list.toArray()).toEqual([])
  })
})

describe('awkward page tokens', () => {
  const tokens = {
    plus: 'a+b+',
    slash: '/a/../b/',
    equals: 'YWJj==',
    'percent sign': '100%25%zz',
    space: ' a b ',
    unicode: 'ß→🎉',
    'question mark and hash': 'a?b#c',
    ampersand: 'a&PageToken=b&pageToken=c',
    colon: '7:8:',
    '8,000 characters': 'Ab+/'.repeat(2000),
  }

  for (const [kind, token] of Object.entries(tokens)) {
    it(`reach a server unchanged: ${kind}`, async () => {
      const arrived: (string | null)[] = []
      await using server = await listen(async ({ url }) => {
        const { origin, pathname, searchParams } = new URL(url)
        const isTwilio = pathname.startsWith('/v1')
        const pageToken = searchParams.get(isTwilio ? 'PageToken' : 'pageToken')
        arrived.push(pageToken)
        if (!isTwilio) return Response.json(birdPage(['1'], pageToken === null ? token : undefined))
        const next = `${origin}${pathname}?${new URLSearchParams({ Page: '1', PageToken: token })}`
        return Response.json(twilioPage(['CH1'], pageToken === null ? next : null))
      })
      const { url: baseUrl } = server
      await listParticipantConversations({
        provider: twilio({ accountSid, authToken, baseUrl }),
        participant: { address },
      }).toArray()
      await listParticipantConversations({
        provider: bird({ accessKey, workspaceId, channelId, baseUrl }),
        participant,
      }).toArray()
      expect(arrived).toEqual([null, token, null, token])
    })

    it(`survive a round trip through a cursor: ${kind}`, async () => {
      const { fetch, requests } = recordingFetch(() => birdPage(['1'], token))
      const query = { provider: birdWith(fetch), participant, limit: 1 }
      const cursor = await firstCursorOf(listParticipantConversations(query))
      await listParticipantConversations({ ...query, cursor }).toArray()
      expect(requests.map(({ url }) => url.searchParams.get('pageToken'))).toEqual([null, token])
    })
  }
})

describe('the end of a listing', () => {
  for (const end of [undefined, null, '']) {
    it(`is a next page token that is ${JSON.stringify(end) ?? 'absent'}`, async () => {
      const onBird = recordingFetch(() => ({ results: [{ id: '1' }], nextPageToken: end }))
      const onTwilio = recordingFetch(() => ({
        conversations: [{ conversation_sid: 'CH1' }],
        meta: { key: 'conversations', next_page_url: end },
      }))
      const fromBird = listParticipantConversations({ provider: birdWith(onBird.fetch), participant })
      const fromTwilio = listParticipantConversations({
        provider: twilioWith(onTwilio.fetch),
        participant: { address },
      })
      expect(idsOf(await fromBird.toArray())).toEqual(['1'])
      expect(idsOf(await fromTwilio.toArray())).toEqual(['CH1'])
      expect([...onBird.requests, ...onTwilio.requests]).toHaveLength(2)
    })
  }

  it('is not a token with a lone surrogate, which throws a PaginationError because it cannot be encoded in a URL', async () => {
    const provider = fakeProvider(() => ({ items: [conversationOf('1')], nextPageToken: 'a\ud800' }))
    const list = listParticipantConversations({ provider, participant, prefetch: true })
    const error = await errorOf(list.toArray(), PaginationError)
    expect(error.message).toContain(
      'fake returned a page token that cannot be encoded in a URL. Do not continue',
    )
    expect(error.cursor).toEqual(expect.any(String))
    expect(provider.requests).toHaveLength(1)
  })

  it('is not a token of another type, which throws a ResponseValidationError', async () => {
    const { fetch } = recordingFetch(() => ({ results: [], nextPageToken: true }))
    const list = listParticipantConversations({ provider: birdWith(fetch), participant })
    expect(await rejectionOf(list.toArray())).toMatchObject({
      name: 'ResponseValidationError',
      message: expect.stringContaining('nextPageToken is a boolean'),
    })
  })
})
