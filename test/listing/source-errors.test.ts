import { describe, expect, it, vi } from 'vitest'
import {
  type ConversationProvider,
  ConversationsError,
  InvalidCursorError,
  type ListOptions,
  listParticipantConversations,
  PaginationError,
  ResponseValidationError,
  ServerError,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { createStandIn } from '../../src/testing/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
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
  fromBird,
  hang,
  idsOf,
  numbered,
  recordingFetch,
  rejectionOf,
  settled,
  thrownBy,
  twilioPage,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'
import { deferred, failing, named, source } from '../support/sources.ts'

refuseUnhandledRejections()

const participant = { id: 'x' }

type More = Partial<ListOptions>
type OnSourceError = NonNullable<ListOptions['onSourceError']>

/** The ways to say either. */
const skips: readonly OnSourceError[] = ['skip', () => 'skip']
const throws: readonly (OnSourceError | undefined)[] = [undefined, 'throw', () => 'throw']

const list = (provider: ConversationProvider | ConversationProvider[], more: More = {}) =>
  listParticipantConversations({ provider, participant, ...more })

const idsFrom = async (provider: ConversationProvider | ConversationProvider[], more: More = {}) =>
  idsOf(await list(provider, more).toArray())

/** What is delivered before the listing fails, and the error. */
async function untilError(provider: ConversationProvider | ConversationProvider[], more: More = {}) {
  const found: string[] = []
  const listing = (async () => {
    for await (const { id } of list(provider, more)) found.push(id)
  })()
  return { error: await errorOf(listing, ConversationsError), found }
}

const mustNotBeAsked: OnSourceError = () => {
  throw new Error('onSourceError must not be asked')
}

/** Each returns two conversations, and then leads nowhere. */
const deadEnds: Readonly<Record<string, () => ConversationProvider>> = {
  'whose pages form a loop': () =>
    named('bad', ({ pageToken }) => ({
      items: pageToken === null ? [conversationOf('a')] : pageToken === 't' ? [conversationOf('b')] : [],
      nextPageToken: pageToken === 't' ? 'u' : 't',
    })),
  'whose token cannot be sent': () =>
    named('bad', () => ({ items: [conversationOf('a'), conversationOf('b')], nextPageToken: '\ud800' })),
  'that returns 1,000 empty pages': () =>
    named('bad', ({ pageToken }) => ({
      items: pageToken === null ? [conversationOf('a'), conversationOf('b')] : [],
      nextPageToken: `${Number(pageToken) + 1}`,
    })),
  'whose next page cannot be requested': () =>
    named('bad', () => {
      const nextPageError = new PaginationError('bad returned a URL that leads elsewhere', {
        provider: 'bad',
      })
      return { items: [conversationOf('a'), conversationOf('b')], nextPageToken: null, nextPageError }
    }),
}

describe.each(Object.entries(deadEnds))('a source %s', (_, create) => {
  const healthy = named('good', numbered(3, 2))

  it('is skipped after the conversations that it returned', async () => {
    for (const more of [{}, { prefetch: true }, { concurrency: 1 }, { prefetch: true, concurrency: 1 }]) {
      const told: unknown[] = []
      const bad = create()
      const onSourceError: OnSourceError = (error, source) => {
        told.push([error.name, error.provider, source])
        return 'skip'
      }
      expect(await idsFrom([bad, healthy], { ...more, onSourceError })).toEqual(['a', 'b', '0', '1', '2'])
      expect(told).toEqual([['PaginationError', 'bad', { provider: bad, form: 'id', list: null }]])
      expect(await idsFrom([bad, healthy], { ...more, onSourceError: 'skip' })).toEqual([
        'a',
        'b',
        '0',
        '1',
        '2',
      ])
    }
  })

  it('ends the listing if it is skipped and the last one', async () => {
    const sources = [healthy, create()]
    expect(await idsFrom(sources, { onSourceError: 'skip' })).toEqual(['0', '1', '2', 'a', 'b'])
    const pages = await collect(list(sources, { onSourceError: 'skip' }).pages())
    expect(pages.at(-1)?.nextCursor).toBeNull()
  })

  it('throws its error by default, which names it and has a cursor', async () => {
    for (const onSourceError of throws) {
      const { error, found } = await untilError([create(), healthy], { onSourceError })
      expect(error).toBeInstanceOf(PaginationError)
      expect(error).toMatchObject({ provider: 'bad', cursor: expect.any(String) })
      expect(error.message).toMatch(/^bad returned /)
      expect(found).toEqual(['a', 'b'])
    }
  })

  it('throws what onSourceError throws, after the conversations that it returned', async () => {
    const cause = new RangeError('mine')
    const { error, found } = await untilError([create(), healthy], {
      onSourceError() {
        throw cause
      },
    })
    expect(error).toMatchObject({ cause, cursor: expect.any(String), provider: 'bad' })
    expect(found).toEqual(['a', 'b'])
  })

  it('does not call onSourceError after the limit', async () => {
    const more = { limit: 2, onSourceError: mustNotBeAsked }
    expect(await idsFrom([create(), healthy], more)).toEqual(['a', 'b'])
    expect(
      idsOf((await list([create(), healthy], { onSourceError: mustNotBeAsked }).first(2)).items),
    ).toEqual(['a', 'b'])
  })
})

describe('a source that fails', () => {
  it('is skipped in any position', async () => {
    const [a, b] = [source('a', 3), source('b', 3)]
    for (const onSourceError of skips) {
      for (const sources of [
        [failing('x'), a, b],
        [a, failing('x'), b],
        [a, b, failing('x')],
      ]) {
        const expected = ['a0', 'a1', 'a2', 'b0', 'b1', 'b2']
        expect(await idsFrom(sources, { onSourceError })).toEqual(expected)
        expect(idsOf(await collect(list(sources, { onSourceError })))).toEqual(expected)
        expect(idsOf((await list(sources, { onSourceError }).first(9)).items)).toEqual(expected)
      }
    }
  })

  it('yields an empty page of its provider in the place of what is skipped', async () => {
    const pages = await collect(
      list([source('a', 2), failing('x'), source('b', 2)], { onSourceError: 'skip' }).pages(),
    )
    expect(pages.map(({ provider, items }) => [provider, idsOf(items)])).toEqual([
      ['a', ['a0', 'a1']],
      ['x', []],
      ['b', ['b0', 'b1']],
    ])
    expect(pages[1]).toMatchObject({ requestId: null, total: null, nextCursor: expect.any(String) })
  })

  it('leaves an empty listing if it is skipped and the only one, or if all are', async () => {
    for (const sources of [[failing('x')], [failing('x'), failing('y')]]) {
      expect(await idsFrom(sources, { onSourceError: 'skip' })).toEqual([])
      expect(await list(sources, { onSourceError: 'skip' }).first()).toBeNull()
      const pages = await collect(list(sources, { onSourceError: 'skip' }).pages())
      expect(pages.map(({ provider, items }) => [provider, items])).toEqual(
        sources.map(({ name }) => [name, []]),
      )
      expect(pages.at(-1)?.nextCursor).toBeNull()
    }
  })

  it('on a later page is skipped from there on', async () => {
    const half = named('half', (request, index) => {
      if (index > 0) throw new ConversationsError('down')
      return numbered(4, 2)(request)
    })
    expect(await idsFrom([half, source('a', 1)], { onSourceError: 'skip' })).toEqual(['0', '1', 'a0'])
  })

  it('is reported with its error and its provider, form and list, once for each failure', async () => {
    const told: unknown[] = []
    const onSourceError: OnSourceError = (error, source) => {
      told.push([error.message, source])
      return 'skip'
    }
    const down = failing('x')
    const sources = [source('a', 1), down, source('b', 1)]
    expect(await idsFrom(sources, { onSourceError })).toEqual(['a0', 'b0'])
    expect(told).toEqual([['down', { provider: down, form: 'id', list: null }]])
  })

  it('is described by each form of a participant, and by each list, without the participant itself', async () => {
    const provider = birdWith(recordingFetch(() => new Response('', { status: 500 })).fetch, {
      channelId: ['c1', 'c2'],
    })
    const listed = (
      await fromBird(
        {
          id: '1',
          initiatingParticipant: {
            contact: { identifierKey: 'emailaddress', identifierValue: 'ada@example.com' },
          },
        },
        { address: 'ada@example.com' },
      )
    ).participant
    if (listed === null) throw new Error('there is one')
    const told: unknown[] = []
    const found = await listParticipantConversations({
      provider,
      participant: [{ address }, { id: 'contact-1' }, { identifierKey: 'k', identifierValue: 'v' }, listed],
      onSourceError(error, source) {
        told.push([error.name, source.form, source.list])
        expect(Object.keys(source).sort()).toEqual(['form', 'list', 'provider'])
        expect(source.provider).toBe(provider)
        return 'skip'
      },
    }).toArray()
    expect(found).toEqual([])
    expect(told).toEqual([
      ['ServerError', 'address', 'c1'],
      ['ServerError', 'address', 'c2'],
      ['ServerError', 'id', 'c1'],
      ['ServerError', 'id', 'c2'],
      ['ServerError', 'identifier', 'c1'],
      ['ServerError', 'identifier', 'c2'],
      ['ServerError', null, 'c1'],
      ['ServerError', null, 'c2'],
    ])
  })

  it('is skipped by itself: the other lookups and lists of its provider are listed', async () => {
    const { fetch } = recordingFetch(({ url }) => {
      const channel = url.searchParams.get('channelId')
      return channel === 'c1' ? new Response('', { status: 403 }) : birdPage([`in ${channel}`])
    })
    const provider = birdWith(fetch, { channelId: ['c1', 'c2'] })
    expect(await idsFrom(provider, { onSourceError: 'skip' })).toEqual(['in c2'])
  })

  it('throws its own error by default, and the one of onSourceError if that throws', async () => {
    const error = new ConversationsError('down', { provider: 'x' })
    const failure = (onSourceError: OnSourceError | undefined) =>
      errorOf(idsFrom([source('a', 1), failing('x', error)], { onSourceError }), ConversationsError)
    for (const onSourceError of throws) {
      expect(await failure(onSourceError)).toMatchObject({ message: 'down', provider: 'x' })
    }
    const cause = new RangeError('mine')
    const thrown = await failure(() => {
      throw cause
    })
    expect(thrown).toMatchObject({ cause, provider: 'x', cursor: expect.any(String) })
    expect(thrown.message).toBe('onSourceError threw an error (see cause)')
  })

  it('is named in the error that wraps a foreign error', async () => {
    const { error } = await untilError([source('a', 1), failing('x', new RangeError('oops'))])
    expect(error).toMatchObject({ message: 'x: oops', provider: 'x', cause: expect.any(RangeError) })
  })

  it('is named to onSourceError, even if its adapter has not named it', async () => {
    const told: unknown[] = []
    const onSourceError: OnSourceError = ({ provider }) => {
      told.push(provider)
      return 'skip'
    }
    await idsFrom([failing('bad', new ConversationsError('down')), source('a', 1)], { onSourceError })
    expect(told).toEqual(['bad'])
  })

  it('is named by itself if several reject with the same error', async () => {
    const error = new ConversationsError('down')
    const told: unknown[] = []
    const onSourceError: OnSourceError = ({ provider }, { provider: { name } }) => {
      told.push([provider, name])
      return 'skip'
    }
    expect(await idsFrom([failing('one', error), failing('two', error)], { onSourceError })).toEqual([])
    expect(told).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ])
    expect(error).toMatchObject({ provider: null, cursor: null })
  })

  it('may be one that returns no valid page', async () => {
    const broken = named('x', () => ({ items: 'none', nextPageToken: null }) as never)
    expect(await idsFrom([broken, source('a', 1)], { onSourceError: 'skip' })).toEqual(['a0'])
    const { error } = await untilError([source('a', 1), broken])
    expect(error.message).toContain('listPage() of x: items')
  })

  it('may be one with an invalid conversation, unless onInvalidConversation skips that', async () => {
    const broken = named('x', () => ({
      items: [conversationOf('x0'), { ...conversationOf('1'), id: '' }],
      nextPageToken: null,
    }))
    const sources = [broken, source('a', 1)]
    expect(await idsFrom(sources, { onSourceError: 'skip' })).toEqual(['a0'])
    expect(await idsFrom(sources, { onInvalidConversation: 'skip' })).toEqual(['x0', 'a0'])
    const { error } = await untilError(sources, { onSourceError: 'throw' })
    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error.message).toContain('listPage() of x: items')
  })

  it('is skipped after its retries only', async () => {
    const standIn = createStandIn({
      twilio: { accountSid, authToken, conversations: sampleTwilioConversations({ address, count: 3 }) },
      bird: {
        accessKey,
        workspaceId,
        conversations: sampleBirdConversations({ address, channelId, count: 4 }),
      },
    })
    const retry = { retries: 1, minDelayMs: 0, maxDelayMs: 0 }
    const provider = [twilioWith(standIn.fetch, { retry }), birdWith(standIn.fetch, { retry })]
    const missing: string[] = []
    const listed = () =>
      listParticipantConversations({
        provider,
        participant: { address },
        onSourceError(error, { provider }) {
          missing.push(`${provider.name}: ${error instanceof ServerError && error.attempts}`)
          return error.isRetryable ? 'skip' : 'throw'
        },
      }).toArray()
    standIn.fail({ provider: 'twilio', status: 503, times: 1 })
    expect(await listed()).toHaveLength(7)
    expect(missing).toEqual([])
    standIn.fail({ provider: 'twilio', status: 503, times: 2 })
    expect(await listed()).toHaveLength(4)
    expect(missing).toEqual(['twilio: 2'])
  })

  it('is requested again from a cursor before its failure, and skipped from a cursor after it', async () => {
    let isDown = true
    const flaky = named('x', () => {
      if (isDown) throw new ConversationsError('down')
      return { items: [conversationOf('x0')], nextPageToken: null }
    })
    const sources = [source('a', 2), flaky, source('b', 2)]
    const pages = await collect(list(sources, { onSourceError: 'skip' }).pages())
    const [before, after] = pages.map(({ nextCursor }) => nextCursor)
    isDown = false
    expect(await idsFrom(sources, { cursor: before })).toEqual(['x0', 'b0', 'b1'])
    expect(await idsFrom(sources, { cursor: after })).toEqual(['b0', 'b1'])
  })

  it('does not hide conversations of the next source from a cursor in the middle of its page', async () => {
    let isDown = false
    const flaky = named('x', () => {
      if (isDown) throw new ConversationsError('down')
      return { items: ['x0', 'x1', 'x2'].map((id) => conversationOf(id)), nextPageToken: null }
    })
    const sources = [flaky, source('b', 3)]
    const { nextCursor } = await list(sources).first(2)
    isDown = true
    expect(await idsFrom(sources, { onSourceError: 'skip', cursor: nextCursor })).toEqual(['b0', 'b1', 'b2'])
  })

  it('is not to blame for an invalid cursor', async () => {
    const refusing = failing('x', new InvalidCursorError('the token is not one of mine'))
    const { error } = await untilError([refusing, source('a', 1)], { onSourceError: mustNotBeAsked })
    expect(error).toBeInstanceOf(InvalidCursorError)
    const content = JSON.parse(atob((await list([source('a', 3), source('b', 1)]).first(1)).nextCursor ?? ''))
    const cursor = btoa(JSON.stringify({ ...content, s: 7 })).replace(/=+$/, '')
    const sources = [source('a', 3), source('b', 1)]
    await errorOf(idsFrom(sources, { cursor, onSourceError: 'skip' }), InvalidCursorError)
  })

  it("is not to blame for an error of the caller's own functions", async () => {
    const broken = named('x', () => ({
      items: [{ ...conversationOf('1'), id: '' }, conversationOf('2')],
      nextPageToken: null,
    }))
    const cause = new RangeError('mine')
    const fail = () => {
      throw cause
    }
    for (const [provider, more] of [
      [broken, { onInvalidConversation: fail }],
      [broken, { onInvalidConversation: 'skip', filter: fail }],
    ] as const) {
      const sources = [provider, source('a', 1)]
      const { error } = await untilError(sources, { ...more, onSourceError: 'skip' })
      expect(error).toMatchObject({ cause, cursor: expect.any(String) })
    }
  })
})

describe('onSourceError', () => {
  it('is called in turn, not while earlier pages are handled', async () => {
    for (const more of [{}, { prefetch: true }, { concurrency: 9 }, { prefetch: true, concurrency: 1 }]) {
      const events: string[] = []
      const onSourceError: OnSourceError = (_, { provider }) => {
        events.push(`asked about ${provider.name}`)
        return 'skip'
      }
      const half = named('half', (request, index) => {
        if (index > 0) throw new ConversationsError('down')
        return numbered(4, 2)(request)
      })
      const sources = [source('a', 2), failing('x'), half, failing('y')]
      for await (const { id } of list(sources, { ...more, onSourceError })) {
        events.push(id)
        await settled()
      }
      expect(events).toEqual(['a0', 'a1', 'asked about x', '0', '1', 'asked about half', 'asked about y'])
    }
  })

  it('is not called for a source that is not needed', async () => {
    const sources = [source('a', 2), failing('x'), source('b', 1)]
    for (const more of [{}, { prefetch: true }]) {
      const options = { ...more, onSourceError: mustNotBeAsked }
      expect(await idsFrom(sources, { ...options, limit: 2 })).toEqual(['a0', 'a1'])
      expect((await list(sources, options).first())?.id).toBe('a0')
      for await (const { id } of list(sources, options)) {
        await settled()
        if (id === 'a1') break
      }
    }
  })

  it('is not called for a page without an error, whether that is undefined or null', async () => {
    const pages = named('good', (request) => ({ ...numbered(4, 2)(request), nextPageError: null as never }))
    expect(await idsFrom(pages, { onSourceError: mustNotBeAsked })).toHaveLength(4)
  })

  it('must decide at once: a promise ends the listing, from whose cursor it continues', async () => {
    for (const onSourceError of [async () => 'skip', () => Promise.reject(new RangeError('mine'))]) {
      const sources = [source('a', 2), failing('x'), source('b', 1)]
      const { error, found } = await untilError(sources, { onSourceError: onSourceError as never })
      expect(found).toEqual(['a0', 'a1'])
      expect(error).toMatchObject({ provider: 'x', cursor: expect.any(String) })
      expect(error.message).toBe(`onSourceError must return 'throw' or 'skip'; got a Promise`)
      expect(await idsFrom(sources, { onSourceError: 'skip', cursor: error.cursor })).toEqual(['b0'])
    }
  })

  it.each([
    [undefined, 'undefined'],
    [true, 'true'],
    ['ignore', '"ignore"'],
    [['skip'], 'an array of length 1'],
  ])('must return one of two words: %j ends the listing', async (decision, got) => {
    const onSourceError = () => decision as never
    const { error } = await untilError([failing('x'), source('a', 1)], { onSourceError })
    expect(error).toMatchObject({ provider: 'x', cursor: expect.any(String) })
    expect(error.message).toBe(`onSourceError must return 'throw' or 'skip'; got ${got}`)
  })

  it.each([['ignore'], [true], [null], [{}], [Promise.resolve('skip')]])(
    'is refused at the call if it is %j',
    (onSourceError) => {
      const call = () => list(source('a', 1), { onSourceError: onSourceError as never })
      expect(call).toThrow(`onSourceError must be 'throw', 'skip' or a function; got `)
    },
  )

  it('is not called for an abort', async () => {
    const { fetch, requests } = recordingFetch(hang)
    const controller = new AbortController()
    const listing = listParticipantConversations({
      provider: [twilioWith(fetch), birdWith(fetch)],
      participant: { address },
      signal: controller.signal,
      concurrency: 1,
      onSourceError: mustNotBeAsked,
    }).toArray()
    await settled()
    controller.abort(new Error('enough'))
    expect(await rejectionOf(listing)).toBe(controller.signal.reason)
    await settled()
    expect(requests).toHaveLength(1)
    expect(requests[0]?.signal?.aborted).toBe(true)
  })

  it('is not called once the listing has ended, even if a source ignores that', async () => {
    for (const answer of [
      () => Promise.reject(new Error('down')),
      async () => ({ items: [], nextPageToken: null, nextPageError: new PaginationError('down') }),
    ]) {
      const [requested, responded] = [deferred(), deferred()]
      const late = named('late', async () => {
        requested.resolve()
        await responded.promise
        return answer()
      })
      const controller = new AbortController()
      const { signal } = controller
      const stopped = errorOf(
        idsFrom([source('a', 2), late], { signal, onSourceError: mustNotBeAsked }),
        Error,
      )
      await requested.promise
      controller.abort(new Error('enough'))
      expect((await stopped).message).toBe('enough')
      responded.resolve()
      await settled()
    }
  })
})

describe('a provider that can look up none of the participants', () => {
  const both = () => {
    const { fetch, requests } = recordingFetch(({ url }) =>
      url.hostname === 'api.bird.com' ? birdPage(['b1']) : twilioPage(['CH1']),
    )
    return { provider: [twilioWith(fetch), birdWith(fetch)] as const, requests }
  }

  it('ends the call with its error by default', () => {
    for (const onSourceError of throws) {
      const { provider, requests } = both()
      const call = () =>
        listParticipantConversations({ provider, participant: [{ identity: 'ada' }], onSourceError })
      const error = thrownBy(call, UnsupportedParticipantError)
      expect(error).toMatchObject({ provider: 'bird', cursor: null })
      expect(error.message).toMatch(/^bird: participant must have a phone number, an id, .* got identity$/)
      expect(requests).toEqual([])
    }
  })

  it("is skipped with 'skip', without a page", async () => {
    const { provider, requests } = both()
    const listing = listParticipantConversations({
      provider,
      participant: [{ identity: 'ada' }],
      onSourceError: 'skip',
    })
    expect((await collect(listing.pages())).map(({ provider, items }) => [provider, idsOf(items)])).toEqual([
      ['twilio', ['CH1']],
    ])
    expect(requests).toHaveLength(1)
  })

  it('is passed to a function once, at the call, without a form or a list', async () => {
    const { provider } = both()
    const onSourceError = vi.fn(() => 'skip' as const)
    const listing = listParticipantConversations({ provider, participant: [{ id: 'x' }], onSourceError })
    const error = expect.any(UnsupportedParticipantError)
    expect(onSourceError.mock.calls).toEqual([[error, { provider: provider[0], form: null, list: null }]])
    expect(idsOf(await listing.toArray())).toEqual(['b1'])
    expect(idsOf(await listing.toArray())).toEqual(['b1'])
    expect(onSourceError).toHaveBeenCalledOnce()
  })

  it('leaves a cursor that is bound to the sources of the others', async () => {
    const { fetch } = recordingFetch(() => birdPage(['b1', 'b2']))
    const provider = [twilioWith(fetch), birdWith(fetch)]
    const query = { provider, participant: [{ id: 'x' }], onSourceError: 'skip' } as const
    const { nextCursor: cursor } = await listParticipantConversations(query).first(1)
    expect(idsOf(await listParticipantConversations({ ...query, cursor }).toArray())).toEqual(['b2'])
  })

  it('is not skipped if no other provider can look one of them up', () => {
    const { fetch } = recordingFetch()
    for (const [provider, participant] of [
      [[twilioWith(fetch)], [{ id: 'x' }]],
      [
        [twilioWith(fetch), birdWith(fetch)],
        [{ identity: 'ada' }, { address: 'messenger:77', provider: 'bird' }],
      ],
    ] as const) {
      const call = () =>
        Reflect.apply(listParticipantConversations, undefined, [
          { provider, participant, onSourceError: 'skip' },
        ])
      thrownBy(call, UnsupportedParticipantError)
    }
  })

  it('ends the call with the error of a function that throws, or decides nothing', async () => {
    const { provider } = both()
    const callWith = (onSourceError: () => unknown) => () =>
      Reflect.apply(listParticipantConversations, undefined, [
        { provider, participant: [{ identity: 'ada' }], onSourceError },
      ])
    const cause = new RangeError('mine')
    const fail = () => {
      throw cause
    }
    expect(thrownBy(callWith(fail), ConversationsError)).toMatchObject({ cause, cursor: null })
    const asynchronous = () => Promise.reject(cause)
    for (const [decide, got] of [
      [() => undefined, 'undefined'],
      [asynchronous, 'a Promise'],
    ] as const) {
      expect(thrownBy(callWith(decide), ConversationsError).message).toBe(
        `onSourceError must return 'throw' or 'skip'; got ${got}`,
      )
    }
  })

  it('is not passed to onSourceError if its lookups fail in another way, which is a mistake of the adapter', () => {
    const mistake = new TypeError('no such property')
    const broken = {
      ...source('x', 1),
      lookups() {
        throw mistake
      },
    }
    expect(() => list([source('a', 1), broken], { onSourceError: mustNotBeAsked })).toThrow(mistake)
  })
})
