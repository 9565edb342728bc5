import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  ConversationsError,
  type ListOptions,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { listen } from '../../src/testing/server.ts'
import {
  accountSid,
  address,
  authToken,
  birdPage,
  birdWith,
  fakeProvider,
  hang,
  numbered,
  recordingFetch,
  rejectionOf,
  settled,
} from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

const participant = { id: 'someone' }
const reasons = {
  'an error': new Error('enough'),
  'a string': 'enough',
  null: null,
  'an object': { code: 7 },
}

refuseUnhandledRejections()

for (const [kind, reason] of Object.entries(reasons)) {
  describe(`a signal that is aborted with ${kind}`, () => {
    it('before iteration rejects with it and sends no request', async () => {
      const provider = fakeProvider(numbered(3, 1))
      const list = listParticipantConversations({ provider, participant, signal: AbortSignal.abort(reason) })
      expect(await rejectionOf(list.toArray())).toBe(reason)
      expect(await rejectionOf(list[Symbol.asyncIterator]().next())).toBe(reason)
      expect(await rejectionOf(list.pages()[Symbol.asyncIterator]().next())).toBe(reason)
      expect(provider.requests).toEqual([])
    })

    it('during a request rejects with it and aborts the request', async () => {
      const controller = new AbortController()
      const { fetch, requests } = recordingFetch(hang)
      const list = listParticipantConversations({
        provider: birdWith(fetch, { retry: { retries: 3 } }),
        participant,
        signal: controller.signal,
      })
      const all = list.toArray()
      await settled()
      controller.abort(reason)
      expect(await rejectionOf(all)).toBe(reason)
      expect(requests.map(({ signal }) => signal?.aborted)).toEqual([true])
    })

    it('by the adapter itself, as it starts, rejects with it whether or not a page arrives', async () => {
      for (const answer of [{ items: [], nextPageToken: null }, new Promise<never>(() => {})]) {
        const controller = new AbortController()
        const provider = fakeProvider(({ signal }) => {
          controller.abort(reason)
          expect(signal.aborted).toBe(true)
          return answer
        })
        const list = listParticipantConversations({ provider, participant, signal: controller.signal })
        expect(await rejectionOf(list.toArray())).toBe(reason)
      }
    })

    it('by a hook before the request rejects with it and sends no request', async () => {
      const controller = new AbortController()
      const { fetch, requests } = recordingFetch(hang)
      const hooks = { onRequest: () => controller.abort(reason) }
      const provider = birdWith(fetch, { hooks })
      const list = listParticipantConversations({ provider, participant, signal: controller.signal })
      expect(await rejectionOf(list.toArray())).toBe(reason)
      await settled()
      expect(requests).toEqual([])
    })

    it('between two pages rejects with it', async () => {
      const controller = new AbortController()
      const provider = fakeProvider(numbered(4, 2))
      const pages = listParticipantConversations({ provider, participant, signal: controller.signal })
        .pages()
        [Symbol.asyncIterator]()
      await pages.next()
      controller.abort(reason)
      expect(await rejectionOf(pages.next())).toBe(reason)
      expect(await pages.next()).toEqual({ done: true, value: undefined })
      expect(provider.requests).toHaveLength(1)
    })

    it('between two pages rejects with it even if the second is already there', async () => {
      const controller = new AbortController()
      const { signal } = controller
      const provider = fakeProvider(numbered(4, 2))
      const list = listParticipantConversations({ provider, participant, signal, prefetch: true })
      const pages = list.pages()[Symbol.asyncIterator]()
      await pages.next()
      await settled()
      expect(provider.requests).toHaveLength(2)
      controller.abort(reason)
      expect(await rejectionOf(pages.next())).toBe(reason)
    })

    it('between two conversations of a page rejects with it and ends the iterator', async () => {
      const controller = new AbortController()
      const provider = fakeProvider(numbered(4, 4))
      const iterator = listParticipantConversations({ provider, participant, signal: controller.signal })[
        Symbol.asyncIterator
      ]()
      await iterator.next()
      controller.abort(reason)
      expect(await rejectionOf(iterator.next())).toBe(reason)
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    })

    it('during a prefetch rejects with it and aborts the prefetch', async () => {
      const controller = new AbortController()
      const { fetch, requests } = recordingFetch((request, index) =>
        index === 0 ? birdPage(['1', '2'], 'token') : hang(request),
      )
      const iterator = listParticipantConversations({
        provider: birdWith(fetch),
        participant,
        prefetch: true,
        signal: controller.signal,
      })[Symbol.asyncIterator]()
      await iterator.next()
      await settled()
      controller.abort(reason)
      expect(requests[1]?.signal?.aborted).toBe(true)
      expect(await rejectionOf(iterator.next())).toBe(reason)
    })
  })
}

/** A signal like those of the abort-controller package, without a reason or throwIfAborted(). */
class OldSignal extends EventTarget {
  aborted = false

  abort(): void {
    this.aborted = true
    this.dispatchEvent(new Event('abort'))
  }
}

describe('a signal that is not native', () => {
  const listWith = (signal: OldSignal, options: Partial<ListOptions> = {}) => {
    const provider = fakeProvider(numbered(6, 2))
    const all = { provider, participant, signal, ...options }
    return Reflect.apply(listParticipantConversations<ConversationProvider>, undefined, [all])
  }

  it('has no effect until it is aborted', async () => {
    for (const prefetch of [false, true]) {
      const list = listWith(new OldSignal(), { prefetch })
      expect(await list.toArray()).toHaveLength(6)
    }
  })

  it('rejects with an AbortError at every stage', async () => {
    const aborted = { name: 'AbortError' }
    const before = new OldSignal()
    before.abort()
    expect(await rejectionOf(listWith(before).toArray())).toMatchObject(aborted)

    const during = new OldSignal()
    const hanging = fakeProvider(() => new Promise(() => {}))
    const pending = listWith(during, { provider: hanging }).toArray()
    await settled()
    during.abort()
    expect(await rejectionOf(pending)).toMatchObject(aborted)

    for (const iterate of ['items', 'pages'] as const) {
      const between = new OldSignal()
      const list = listWith(between)
      const iterator = (iterate === 'items' ? list : list.pages())[Symbol.asyncIterator]()
      await iterator.next()
      between.abort()
      expect(await rejectionOf(iterator.next())).toMatchObject(aborted)
      expect(await iterator.next()).toEqual({ done: true, value: undefined })
    }
  })
})

describe('a signal', () => {
  it('with a timeout rejects with its TimeoutError', async () => {
    const { fetch } = recordingFetch(hang)
    const list = listParticipantConversations({
      provider: birdWith(fetch),
      participant,
      signal: AbortSignal.timeout(1),
    })
    expect(await rejectionOf(list.toArray())).toMatchObject({ name: 'TimeoutError', code: 23 })
  })

  it('stops a request to a real server', async () => {
    const controller = new AbortController()
    await using server = await listen((request) => {
      controller.abort('enough')
      return hang(request)
    })
    const list = listParticipantConversations({
      provider: twilio({ accountSid, authToken, baseUrl: server.url }),
      participant: { address },
      signal: controller.signal,
    })
    expect(await rejectionOf(list.toArray())).toBe('enough')
  })

  it('stops a provider that ignores it', async () => {
    const controller = new AbortController()
    const provider = fakeProvider(() => new Promise(() => {}))
    const all = listParticipantConversations({
      provider,
      participant,
      signal: controller.signal,
    }).toArray()
    await settled()
    controller.abort('enough')
    expect(await rejectionOf(all)).toBe('enough')
  })

  it('has no effect if it is aborted after the end', async () => {
    const controller = new AbortController()
    const provider = fakeProvider(numbered(4, 2))
    const list = listParticipantConversations({ provider, participant, signal: controller.signal })
    expect(await list.toArray()).toHaveLength(4)
    controller.abort()
    expect(provider.requests.map(({ signal }) => signal.aborted)).toEqual([false, false])
  })

  it('keeps no listeners, however many listings have used it and however they ended', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const working = fakeProvider(numbered(6, 2))
    const failing = fakeProvider((_, call) => {
      if (call % 2 === 1) throw new Error('broken')
      return { items: [], nextPageToken: String(call) }
    })
    const hanging = birdWith(recordingFetch(hang).fetch)
    for (let round = 0; round < 50; round += 1) {
      const query = { participant, signal, prefetch: round % 2 === 0 }
      await listParticipantConversations({ ...query, provider: working }).toArray()
      for await (const _ of listParticipantConversations({ ...query, provider: working })) break
      await rejectionOf(listParticipantConversations({ ...query, provider: failing }).toArray())
      const abandoned = listParticipantConversations({ ...query, provider: hanging })[Symbol.asyncIterator]()
      const pending = abandoned.next()
      await abandoned.return?.()
      await pending
    }
    await settled()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('still aborts a listing after another one that shares it has finished', async () => {
    const controller = new AbortController()
    const { fetch, requests } = recordingFetch((request, index) =>
      index === 0 ? hang(request) : birdPage(['1']),
    )
    const query = { provider: birdWith(fetch), participant, signal: controller.signal }
    const hanging = listParticipantConversations(query).toArray()
    await settled()
    expect(await listParticipantConversations(query).toArray()).toHaveLength(1)
    controller.abort('enough')
    expect(await rejectionOf(hanging)).toBe('enough')
    expect(requests[0]?.signal?.aborted).toBe(true)
  })

  it('may have an error of the library as its reason, which is rethrown without a cursor', async () => {
    const controller = new AbortController()
    const reason = new ConversationsError('enough', { provider: null })
    const provider = fakeProvider(() => {
      controller.abort(reason)
      return new Promise(() => {})
    })
    const list = listParticipantConversations({ provider, participant, signal: controller.signal })
    expect(await rejectionOf(list.toArray())).toBe(reason)
    expect(reason.cursor).toBeNull()
  })

  it('is not given a cursor or a provider, even if the adapter rejects with it', async () => {
    for (const provider of [
      fakeProvider(({ signal }) => hang({ signal })),
      birdWith(recordingFetch(hang).fetch),
    ]) {
      for (const several of [provider, [provider, { ...provider, scope: 'another' }]]) {
        const controller = new AbortController()
        const reason = new ConversationsError('enough')
        const options = { provider: several, participant: { address }, signal: controller.signal }
        const listing = rejectionOf(listParticipantConversations(options).toArray())
        await settled()
        controller.abort(reason)
        expect(await listing).toBe(reason)
        await settled()
        expect(reason).toMatchObject({ cursor: null, provider: null })
      }
    }
  })

  it('that is aborted already rejects even if there is nothing to request', async () => {
    const signal = AbortSignal.abort('enough')
    for (const more of [{ limit: 0 }, { status: 'deleted' as const }]) {
      const provider = fakeProvider(numbered(1, 1), { statuses: ['active'] })
      const list = listParticipantConversations({ provider, participant, signal, ...more })
      expect(await rejectionOf(list.toArray())).toBe('enough')
      expect(await rejectionOf(list.first())).toBe('enough')
      expect(await rejectionOf(list.first(2))).toBe('enough')
    }
  })

  it('can be shared by many listings at once without a warning about too many listeners', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error): void => {
      warnings.push(warning)
    }
    process.on('warning', onWarning)
    try {
      const controller = new AbortController()
      const { signal } = controller
      const provider = birdWith(recordingFetch(hang).fetch)
      const listings = Array.from({ length: 30 }, () =>
        rejectionOf(listParticipantConversations({ provider, participant, signal }).toArray()),
      )
      await settled()
      controller.abort('shutdown')
      expect(await Promise.all(listings)).toEqual(Array.from({ length: 30 }, () => 'shutdown'))
      await settled()
      expect(warnings).toEqual([])
    } finally {
      process.off('warning', onWarning)
    }
  })
})
