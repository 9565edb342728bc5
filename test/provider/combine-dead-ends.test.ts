import { describe, expect, it } from 'vitest'
import {
  type CombineOptions,
  type ConversationProvider,
  ConversationsError,
  combine,
  listParticipantConversations,
  PaginationError,
} from '../../src/index.ts'
import {
  conversationOf,
  errorOf,
  fakeProvider,
  idsOf,
  numbered,
  type PageRequest,
  settled,
} from '../support/listing.ts'

const participant = { id: 'x' }
const skip: CombineOptions = { onSourceError: () => 'skip' }

function named(name: string, listPage: (request: PageRequest) => unknown): ConversationProvider {
  return { ...fakeProvider(listPage as never), name, scope: name }
}

const healthy = named('good', numbered(3, 2))

/** Each returns two conversations or none, and then leads nowhere. */
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
}

const list = (provider: ConversationProvider, more: object = {}) =>
  listParticipantConversations({ provider, participant, ...more })

describe.each(Object.entries(deadEnds))('a source %s', (_, create) => {
  it("is skipped if onSourceError returns 'skip', after the conversations that it returned", async () => {
    for (const prefetch of [false, true]) {
      for (const sources of [
        [create(), healthy],
        [combine([create(), healthy]), healthy],
      ]) {
        const told: unknown[] = []
        const provider = combine(sources, {
          onSourceError(error, source, index) {
            told.push([error.name, error.provider, source, index])
            return 'skip'
          },
        })
        expect(idsOf(await list(provider, { prefetch }).toArray())).toEqual(['a', 'b', '0', '1', '2'])
        expect(told).toEqual([['PaginationError', 'bad', sources[0], 0]])
      }
    }
  })

  it('is skipped by the combined provider that it is in, which continues with its other sources', async () => {
    const outer: CombineOptions = {
      onSourceError() {
        throw new Error('the inner one decides')
      },
    }
    const provider = combine([combine([create(), healthy], skip)], outer)
    expect(idsOf(await list(provider).toArray())).toEqual(['a', 'b', '0', '1', '2'])
  })

  it('ends the listing if it is the last one', async () => {
    expect(idsOf(await list(combine([healthy, create()], skip)).toArray())).toEqual(['0', '1', '2', 'a', 'b'])
  })

  it('throws its error by default, which names the source and not the combined provider', async () => {
    const error = await errorOf(list(combine([create(), healthy])).toArray(), PaginationError)
    expect(error).toMatchObject({ provider: 'bad', cursor: expect.any(String) })
    expect(error.message).toMatch(/^bad returned /)
  })

  it('throws what onSourceError throws, after the conversations that it returned', async () => {
    const cause = new RangeError('mine')
    const provider = combine([create(), healthy], {
      onSourceError() {
        throw cause
      },
    })
    const found: string[] = []
    const listing = (async () => {
      for await (const { id } of list(provider)) found.push(id)
    })()
    expect(await errorOf(listing, ConversationsError)).toMatchObject({ cause, cursor: expect.any(String) })
    expect(found).toEqual(['a', 'b'])
  })
})

describe('empty pages', () => {
  it('of 1,500 sources in a row do not end the listing', async () => {
    const empty = named('empty', () => ({ items: [], nextPageToken: null }))
    const provider = combine([...Array.from({ length: 1500 }, () => empty), healthy])
    expect(await list(provider).toArray()).toHaveLength(3)
  })
})

describe('onSourceError', () => {
  const failing = (error: unknown) => named('bad', () => Promise.reject(error))

  it('is awaited if it is asynchronous, which its type does not allow', async () => {
    const combined = (onSourceError: unknown) =>
      combine([failing(new Error('down')), healthy], { onSourceError: onSourceError as never })
    expect(await list(combined(async () => 'skip')).toArray()).toHaveLength(3)
    const rejecting = combined(() => Promise.reject(new RangeError('mine')))
    expect(await errorOf(list(rejecting).toArray(), ConversationsError)).toMatchObject({
      cause: { message: 'mine' },
    })
  })

  it('receives an error that names the source, even if its adapter has not named it', async () => {
    const told: unknown[] = []
    const provider = combine([failing(new ConversationsError('down')), healthy], {
      onSourceError({ provider }) {
        told.push(provider)
        return 'skip'
      },
    })
    await list(provider).toArray()
    expect(told).toEqual(['bad'])
  })

  it('is not called about a page without an error, whether that is undefined or null', async () => {
    const twoPages = named('good', (request) => ({ ...numbered(4, 2)(request), nextPageError: null }))
    const provider = combine([twoPages], {
      onSourceError() {
        throw new Error('there is no error')
      },
    })
    expect(await list(provider).toArray()).toHaveLength(4)
  })

  it('is not called about a dead end after the limit', async () => {
    for (const create of Object.values(deadEnds)) {
      const provider = combine([create(), healthy], {
        onSourceError() {
          throw new Error('nobody wants more')
        },
      })
      expect(idsOf(await list(provider, { limit: 2 }).toArray())).toEqual(['a', 'b'])
    }
  })

  it('names each source that rejects with the same error', async () => {
    const error = new ConversationsError('down')
    const told: unknown[] = []
    const failingAs = (name: string) => named(name, () => Promise.reject(error))
    const provider = combine([failingAs('one'), failingAs('two')], {
      onSourceError({ provider }, { name }) {
        told.push([provider, name])
        return 'skip'
      },
    })
    expect(await list(provider).toArray()).toEqual([])
    expect(told).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ])
    expect(error.provider).toBeNull()
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
      const told: unknown[] = []
      const provider = combine([named('first', numbered(2, 1)), late], {
        onSourceError({ message }) {
          told.push(message)
          return 'skip'
        },
      })
      const controller = new AbortController()
      const stopped = errorOf(list(provider, { signal: controller.signal }).toArray(), Error)
      await requested.promise
      controller.abort(new Error('enough'))
      expect((await stopped).message).toBe('enough')
      responded.resolve()
      await settled()
      expect(told).toEqual([])
    }
  })
})

function deferred() {
  let resolve = (): void => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
