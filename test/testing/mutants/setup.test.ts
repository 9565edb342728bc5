import { describe, expect, it } from 'vitest'
import { ConfigurationError } from '../../../src/index.ts'
import { example } from './adapter.ts'
import { casesOf, failureOf, failuresOf, options, suiteOf } from './harness.ts'

const lists = 'lists the conversations of every page, in order'
const fails = 'throws ServerError for the status 500, and continues from its cursor'
const suite = suiteOf({})

describe('testProvider() says that createProvider', () => {
  it.each<[string, () => unknown, RegExp]>([
    [
      'is asynchronous',
      async () => example(fetch, {}, {}),
      /createProvider returns a promise: do what is asy/,
    ],
    ['returns a rejected promise', () => Promise.reject(new Error('no')), /createProvider returns a promise/],
    ['returns nothing', () => undefined, /createProvider must return a provider, .*; it returned undefined$/],
    ['returns something else', () => ({ name: 'example' }), /it returned \{"name":"example"\}$/],
    [
      'throws',
      () => {
        throw new TypeError('no key')
      },
      /^testProvider\(\): createProvider throws TypeError: no key$/,
    ],
  ])('%s', (_, createProvider, message) => {
    const register = () => casesOf({ ...options, createProvider: createProvider as never })
    expect(register).toThrow(ConfigurationError)
    expect(register).toThrow(message)
  })
})

describe('testProvider() says that', () => {
  it.each<[string, Partial<typeof suite>, string, RegExp]>([
    [
      'respond returns nothing',
      { respond: () => undefined as never },
      lists,
      /^testProvider\(\): respond\(\) must return a Response; it returned undefined$/,
    ],
    [
      'respond returns the page itself',
      { respond: ({ conversations }) => ({ items: conversations }) as never },
      lists,
      /^testProvider\(\): respond\(\) must return a Response; it returned \{"items":/,
    ],
    [
      'respond throws',
      {
        respond() {
          throw new TypeError('no page')
        },
      },
      lists,
      /^testProvider\(\): respond\(\) throws TypeError: no page$/,
    ],
    [
      'respondError returns nothing',
      { respondError: () => undefined as never },
      fails,
      /^testProvider\(\): respondError\(\) must return a Response; it returned undefined$/,
    ],
    [
      'readPageToken never finds the token',
      { readPageToken: (request) => new URL(request.url).searchParams.get('cursor') },
      lists,
      /^testProvider\(\): readPageToken\(\) returns null for a request that has the page token "page-2" as its query parameter after\. If that is where the provider expects it, correct readPageToken\(\)/,
    ],
    [
      'readPageToken throws',
      { readPageToken: async (request) => JSON.parse(await request.text()).after },
      lists,
      /^testProvider\(\): readPageToken\(\) throws SyntaxError/,
    ],
    [
      'conversationId returns a number',
      { conversationId: (number) => number as never },
      lists,
      /^testProvider\(\): conversationId\(\) must return a non-empty string; it returned 1$/,
    ],
    [
      'conversationId returns the same id twice',
      { conversationId: () => 'one' },
      lists,
      /^testProvider\(\): conversationId\(\) must return another string for each number; it repeats "one"$/,
    ],
    [
      'pageToken returns the same token twice',
      { pageToken: () => 'one' },
      lists,
      /^testProvider\(\): pageToken\(\) must return another string for each number; it repeats "one"$/,
    ],
    [
      'the adapter refuses otherParticipant',
      { otherParticipant: { identity: 'jo' } as never },
      'binds its cursors to the participant',
      /it refuses the participant \{"identity":"jo"\}, which is the option otherParticipant$/,
    ],
  ])('%s', async (_, wrong, name, message) => {
    expect(await failureOf({ ...suite, ...wrong }, name)).toMatch(message)
  })
})

it('testProvider() waits for respond, respondError and readPageToken', async () => {
  const failures = await failuresOf({
    ...suite,
    respond: async (page) => options.respond(page),
    respondError: async (status) => Response.json({ message: 'no' }, { status }),
    readPageToken: async (request) => new URL(request.url).searchParams.get('after'),
  })
  expect(failures).toEqual({})
})

it('testProvider() leaves out time limits and retries if createProvider has one parameter', () => {
  const one = casesOf({
    ...options,
    createProvider: (fetch) => example(fetch, { retry: { retries: 0 } }, {}),
  })
  const two = casesOf(suite)
  const names = one.map(([name]) => name)
  expect(two.map(([name]) => name).filter((name) => !names.includes(name))).toEqual([
    'retries what may succeed later',
    'retries as often as its options allow, and only what may succeed later',
    'waits as long as Retry-After says, or fails at once',
    'aborts a request that takes longer than timeoutMs',
    'retries a request that takes longer than timeoutMs',
  ])
})
