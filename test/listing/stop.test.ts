import { describe, expect, it } from 'vitest'
import { listParticipantConversations } from '../../src/index.ts'
import {
  address,
  fakeProvider,
  hang,
  numbered,
  recordingFetch,
  rejectionOf,
  settled,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

const participant = { id: 'someone' }
const nextPageUrl = 'https://conversations.twilio.com/v1/ParticipantConversations?PageToken=PT2&Page=1'

refuseUnhandledRejections()

/** Twilio with a first page of two conversations and a second page that never arrives. */
function twilioThatHangs(after = 1) {
  const recorded = recordingFetch((request, index) =>
    index < after ? twilioPage(['CH1', 'CH2'], nextPageUrl) : hang(request),
  )
  return { ...recorded, query: { provider: twilioWith(recorded.fetch), participant: { address } } }
}

describe('leaving a loop', () => {
  it('makes no further request', async () => {
    const provider = fakeProvider(numbered(9, 2))
    for await (const { id } of listParticipantConversations({ provider, participant })) if (id === '3') break
    await settled()
    expect(provider.requests).toHaveLength(2)
  })

  it('aborts a prefetch in flight', async () => {
    const { query, requests } = twilioThatHangs()
    for await (const { id } of listParticipantConversations({ ...query, prefetch: true })) {
      await settled()
      expect(id).toBe('CH1')
      expect(requests[1]?.signal?.aborted).toBe(false)
      break
    }
    expect(requests).toHaveLength(2)
    expect(requests[1]?.signal?.aborted).toBe(true)
  })

  it('over pages() aborts a prefetch too, even if the provider ignores the signal', async () => {
    const first = numbered(4, 2)
    const provider = fakeProvider((request, call) => (call === 0 ? first(request) : new Promise(() => {})))
    for await (const { items } of listParticipantConversations({
      provider,
      participant,
      prefetch: true,
    }).pages()) {
      expect(items).toHaveLength(2)
      break
    }
    expect(provider.requests.map(({ signal }) => signal.aborted)).toEqual([false, true])
  })

  it('with an exception rethrows the exception', async () => {
    const { query, requests } = twilioThatHangs()
    const mistake = new Error('mine')
    const loop = async () => {
      for await (const _ of listParticipantConversations({ ...query, prefetch: true })) throw mistake
    }
    expect(await rejectionOf(loop())).toBe(mistake)
    expect(requests[1]?.signal?.aborted).toBe(true)
  })

  it('does not wait for a prefetch that fails', async () => {
    const first = numbered(4, 2)
    const provider = fakeProvider((request, call) => {
      if (call === 0) return first(request)
      throw new Error('broken')
    })
    const seen: string[] = []
    for await (const { id } of listParticipantConversations({ provider, participant, prefetch: true })) {
      await settled()
      seen.push(id)
      if (seen.length === 2) break
    }
    expect(seen).toEqual(['0', '1'])
  })
})

describe('an iterator', () => {
  for (const what of ['conversations', 'pages'] as const) {
    const iterate = (hanging: ReturnType<typeof twilioThatHangs>): AsyncIterator<unknown> => {
      const list = listParticipantConversations(hanging.query)
      return what === 'pages' ? list.pages()[Symbol.asyncIterator]() : list[Symbol.asyncIterator]()
    }

    it(`of ${what} ends at once on return(), and aborts a pending request`, async () => {
      const hanging = twilioThatHangs(0)
      const iterator = iterate(hanging)
      const pending = [iterator.next(), iterator.next()]
      await settled()
      expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
      expect(await Promise.all(pending)).toEqual([
        { done: true, value: undefined },
        { done: true, value: undefined },
      ])
      expect(hanging.requests.map(({ signal }) => signal?.aborted)).toEqual([true])
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    })

    it(`of ${what} ends at once on throw(), which rejects with its argument`, async () => {
      const hanging = twilioThatHangs(0)
      const iterator = iterate(hanging)
      const pending = iterator.next()
      await settled()
      expect(await rejectionOf(Promise.resolve(iterator.throw?.('mine')))).toBe('mine')
      expect(await pending).toEqual({ done: true, value: undefined })
      expect(hanging.requests.map(({ signal }) => signal?.aborted)).toEqual([true])
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    })
  }

  it('ends on return(), whenever it is called between the response and its first conversation', async () => {
    for (let moments = 0; moments < 30; moments += 1) {
      const provider = fakeProvider(numbered(6, 3))
      const iterator = listParticipantConversations({ provider, participant })[Symbol.asyncIterator]()
      const pending = iterator.next()
      for (let moment = 0; moment < moments; moment += 1) await null
      await iterator.return?.()
      await pending
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    }
  })

  it('leaves no prefetch behind, whenever return() is called after a page has arrived', async () => {
    for (let moments = 0; moments < 30; moments += 1) {
      const answer = numbered(6, 3)
      const provider = fakeProvider((request, call) => (call === 0 ? answer(request) : new Promise(() => {})))
      const list = listParticipantConversations({ provider, participant, prefetch: true })
      const iterator = list.pages()[Symbol.asyncIterator]()
      const pending = iterator.next()
      for (let moment = 0; moment < moments; moment += 1) await null
      const asked = provider.requests.length
      await iterator.return?.()
      await pending
      await settled()
      expect(provider.requests).toHaveLength(asked)
      for (const { signal } of provider.requests.slice(1)) expect(signal.aborted).toBe(true)
    }
  })

  it('settles even if the first onRequest awaits return()', async () => {
    const iterators: AsyncIterator<unknown>[] = []
    const { fetch, requests } = recordingFetch(hang)
    const onRequest = async (): Promise<void> => {
      for (const iterator of iterators) await iterator.return?.()
    }
    const provider = twilioWith(fetch, { hooks: { onRequest } })
    const list = listParticipantConversations({ provider, participant: { address } })
    for (const iterator of [list[Symbol.asyncIterator](), list.pages()[Symbol.asyncIterator]()]) {
      iterators.splice(0, 1, iterator)
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    }
    await settled()
    expect(requests).toEqual([])
  })

  it('ends on return() before any request', async () => {
    const provider = fakeProvider(numbered(6, 3))
    const list = listParticipantConversations({ provider, participant })
    for (const iterator of [list[Symbol.asyncIterator](), list.pages()[Symbol.asyncIterator]()]) {
      expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    }
    expect(provider.requests).toEqual([])
  })

  it('allows return() to be called again, and after the end', async () => {
    const provider = fakeProvider(numbered(1, 1))
    const iterator = listParticipantConversations({ provider, participant })[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })
})
