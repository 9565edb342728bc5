import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import * as library from '../../src/index.ts'
import {
  ApiError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  ConversationsError,
  InvalidCursorError,
  InvalidRequestError,
  NotFoundError,
  PaginationError,
  PermissionError,
  RateLimitError,
  ResponseValidationError,
  ServerError,
  TimeoutError,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import {
  address,
  birdWith,
  errorOf,
  fakeProvider,
  numbered,
  recordingFetch,
  thrownBy,
} from '../support/listing.ts'

const request = { url: 'https://api.bird.com/x', attempts: 2, timeoutMs: 5, status: 499 }
const ofApi = {
  AuthenticationError,
  PermissionError,
  NotFoundError,
  InvalidRequestError,
  RateLimitError,
  ServerError,
}
const others = {
  ConfigurationError,
  InvalidCursorError,
  UnsupportedParticipantError,
  ConnectionError,
  TimeoutError,
  ResponseValidationError,
  PaginationError,
}
const all = { ConversationsError, ApiError, ...ofApi, ...others }

describe('every error class', () => {
  for (const [name, ErrorClass] of Object.entries(all)) {
    it(`has its own name, and is a ConversationsError and an Error: ${name}`, () => {
      const cause = new Error('below')
      const error = new ErrorClass('what happened', { ...request, provider: 'bird', cursor: 'c', cause })
      expect(error).toBeInstanceOf(ErrorClass)
      expect(error).toBeInstanceOf(ConversationsError)
      expect(error).toBeInstanceOf(Error)
      expect(error).toMatchObject({ name, message: 'what happened', provider: 'bird', cursor: 'c', cause })
      expect(String(error)).toBe(`${name}: what happened`)
      expect(error.stack).toContain(`${name}: what happened`)
      expect(inspect(error)).toContain(`${name}: what happened`)
    })

    it(`is an instance of its ancestors only: ${name}`, () => {
      const error = new ErrorClass('what happened', request)
      const ancestors = new Set<unknown>([
        ErrorClass,
        ConversationsError,
        ...(name in ofApi ? [ApiError] : []),
      ])
      for (const Other of Object.values(all)) expect(error instanceof Other).toBe(ancestors.has(Other))
    })
  }

  it('is exported, and no other error is', () => {
    const exported = Object.keys(library).filter((name) => name.endsWith('Error'))
    expect(exported.sort()).toEqual(Object.keys(all).sort())
  })

  it('has null for what is not known', () => {
    expect(new ConversationsError('x')).toMatchObject({ provider: null, cursor: null })
    expect(new ConversationsError('x')).not.toHaveProperty('cause')
    expect(new ApiError('x', { status: 418, url: 'https://x.example', attempts: 1 })).toMatchObject({
      code: null,
      requestId: null,
      details: null,
      retryAfterMs: null,
    })
  })
})

describe('the message of an error', () => {
  const list = (status: number, cursor?: string) =>
    library
      .listParticipantConversations({
        provider: birdWith(recordingFetch(() => Response.json({}, { status })).fetch),
        participant: { address },
        cursor,
      })
      .toArray()

  it('is its problem and its advice, which an app can replace with its own', async () => {
    const { message, problem, advice } = await errorOf(list(401), AuthenticationError)
    expect(problem).toMatch(/^Bird returned 401 for GET https:\S+\.$/)
    expect(advice).toMatch(/^Check accessKey: .+\.$/)
    expect(message).toBe(`${problem} ${advice}`)

    const damaged = await errorOf(list(200, 'x'), InvalidCursorError)
    expect(damaged.problem).toBe('cursor is damaged.')
    expect(damaged.message).toBe(`cursor is damaged. ${damaged.advice}`)
  })

  it('is the problem alone if there is no advice', () => {
    const { message, problem, advice } = new ConversationsError('notes: out of order')
    expect({ message, problem, advice }).toEqual({
      message: 'notes: out of order',
      problem: 'notes: out of order',
      advice: null,
    })
  })
})

describe('isRetryable', () => {
  const api = (status: number) => new ApiError('x', { ...request, status })

  it.each([408, 429, 500, 502, 503, 504, 520])('is true for the status %i', (status) => {
    expect(api(status).isRetryable).toBe(true)
  })

  it.each([301, 400, 401, 403, 404, 409, 422, 501, 505])('is false for the status %i', (status) => {
    expect(api(status).isRetryable).toBe(false)
  })

  it('is true for timeouts and network faults, and false for errors that would occur again', () => {
    expect(new ConnectionError('x', request).isRetryable).toBe(true)
    expect(new TimeoutError('x', request).isRetryable).toBe(true)
    const final = [ConversationsError, ConfigurationError, InvalidCursorError, UnsupportedParticipantError]
    for (const ErrorClass of [...final, ResponseValidationError, PaginationError]) {
      expect(new ErrorClass('x').isRetryable).toBe(false)
    }
  })

  it('can be set by an adapter', () => {
    expect(new ApiError('x', { ...request, status: 400, isRetryable: true }).isRetryable).toBe(true)
  })

  it('is what the cause says of itself, if the class does not decide', () => {
    const cause = Object.assign(new Error('busy'), { isRetryable: true })
    expect(new ConversationsError('x', { cause }).isRetryable).toBe(true)
    expect(new ConversationsError('x', { cause, isRetryable: false }).isRetryable).toBe(false)
    expect(new ApiError('x', { ...request, status: 400, cause }).isRetryable).toBe(false)
    const final = Object.assign(new Error('no'), { isRetryable: false })
    expect(new ConnectionError('x', { ...request, cause: final }).isRetryable).toBe(true)
  })

  it('is what an error says of itself that an adapter or a function of the caller throws', async () => {
    const participant = { address }
    const busy = (isRetryable: boolean) => Object.assign(new Error('busy'), { isRetryable })
    const listings = (raise: () => never) => {
      const conversations = numbered(1, 1)
      const broken = fakeProvider(() => ({ items: [null as never], nextPageToken: null }))
      const { fetch } = recordingFetch()
      return [
        { provider: fakeProvider(raise) },
        { provider: library.twilio({ accessToken: raise, fetch }) },
        { provider: fakeProvider(conversations), filter: raise },
        { provider: fakeProvider(() => Promise.reject(new Error('down'))), onSourceError: raise },
        { provider: broken, onInvalidConversation: raise },
      ]
    }
    for (const isRetryable of [true, false]) {
      const cause = busy(isRetryable)
      const raise = (): never => {
        throw cause
      }
      for (const options of listings(raise)) {
        const list = library.listParticipantConversations<library.ConversationProvider>({
          participant,
          ...options,
        })
        const error = await errorOf(list.toArray(), ConversationsError)
        expect(error).toMatchObject({ cause, isRetryable, cursor: expect.any(String) })
      }
    }
  })

  it('tells a handler which errors of a listing to retry', async () => {
    const failing = (status: number) => {
      const { fetch } = recordingFetch(() => new Response('', { status }))
      const list = library.listParticipantConversations({
        provider: birdWith(fetch),
        participant: { address },
      })
      return errorOf(list.toArray(), ConversationsError)
    }
    expect(await failing(503)).toMatchObject({ isRetryable: true, cursor: expect.any(String) })
    expect(await failing(401)).toMatchObject({ isRetryable: false, cursor: expect.any(String) })
    const { fetch } = recordingFetch()
    const list = library.listParticipantConversations({
      provider: birdWith(fetch),
      participant: { address },
      cursor: 'x',
    })
    const error = await errorOf(list.toArray(), InvalidCursorError)
    expect(error).toMatchObject({ isRetryable: false, cursor: null })
  })
})

describe('instanceof', () => {
  it('holds across two copies of the library, in both directions', async () => {
    vi.resetModules()
    const copy = await import('../../src/index.ts')
    for (const [name, ErrorClass] of Object.entries(all)) {
      const Copied = Object.entries(copy).find(([exported]) => exported === name)?.[1]
      if (typeof Copied !== 'function') throw new Error(`the copy has no ${name}`)
      expect(Copied).not.toBe(ErrorClass)
      const [error, copied] = [new ErrorClass('x', request), Reflect.construct(Copied, ['x', request])]
      expect(error).toBeInstanceOf(Copied)
      expect(copied).toBeInstanceOf(ErrorClass)
      expect(copied).toBeInstanceOf(ConversationsError)
      expect(copied instanceof PaginationError).toBe(name === 'PaginationError')
    }
  })

  it('holds for an error of one copy that is thrown by the other, with a cursor', async () => {
    vi.resetModules()
    const copy = await import('../../src/index.ts')
    const { fetch } = recordingFetch(() => new Response('', { status: 404 }))
    const list = copy.listParticipantConversations({ provider: birdWith(fetch), participant: { address } })
    const error = await errorOf(list.toArray(), NotFoundError)
    expect(error).toBeInstanceOf(copy.NotFoundError)
    expect(error).toMatchObject({ name: 'NotFoundError', cursor: expect.any(String) })
  })

  it('works as usual for a custom subclass', () => {
    class Mine extends ApiError {}
    class MineToo extends ApiError {}
    const mine = new Mine('x', request)
    expect(mine).toBeInstanceOf(Mine)
    expect(mine).toBeInstanceOf(ApiError)
    expect(mine).not.toBeInstanceOf(MineToo)
    expect(new ApiError('x', request)).not.toBeInstanceOf(Mine)
    expect(mine).not.toBeInstanceOf(RateLimitError)
  })

  it('is false for anything that is not an error of this library', () => {
    const lookalike = { name: 'ApiError', message: 'x', status: 500, provider: 'bird', cursor: null }
    for (const value of [null, undefined, 'ApiError', 7, {}, lookalike, new Error('x'), () => {}]) {
      expect(value instanceof ConversationsError).toBe(false)
      expect(value instanceof ApiError).toBe(false)
    }
  })

  it('holds for thrown errors', async () => {
    const { fetch } = recordingFetch(() => new Response('', { status: 401 }))
    const provider = birdWith(fetch)
    const list = library.listParticipantConversations({ provider, participant: { address } })
    const thrown = [
      await errorOf(list.toArray(), AuthenticationError),
      thrownBy(() => library.bird({ accessKey: '' }), ConfigurationError),
    ]
    for (const error of thrown) expect(error).toBeInstanceOf(ConversationsError)
  })
})
