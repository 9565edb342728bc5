import { describe, expect, it } from 'vitest'
import { type Broken, failuresOf, parts } from './example-adapter.ts'

const statuses = 'gives each conversation its status, which its capabilities declare'
const filters = 'filters by status itself if its capabilities say so'
const model = 'yields conversations with every field of the model'
const plain = 'yields plain data'
const raw = 'keeps what the provider sent in raw, untouched'
const stops = 'stops a request in flight when the listing is aborted'
const refuses = 'refuses participants that it cannot look up, before any request'
const secrets = 'shows no secret in an error, in itself or in a cursor'
const declares = 'declares its name, scope and capabilities, and sends no request before it is listed'

describe('testProvider() says of an adapter', () => {
  it.each<[string, Broken, string, RegExp]>([
    [
      'that it has a status that it does not declare',
      { normalise: (item) => ({ ...parts.normalise(item), status: 'deleted' }) },
      statuses,
      /the status of conversation-01 is "deleted", which capabilities.statuses does not declare/,
    ],
    [
      'that it mistakes a status',
      { normalise: (item) => ({ ...parts.normalise(item), status: 'active' }) },
      statuses,
      /the status of conversation-02 is "active", where respond\(\) was told to send "closed"/,
    ],
    [
      'that it declares a filter that it does not use',
      { query: (request) => parts.query({ ...request, status: null }) },
      filters,
      /its request for the status "active" is the same as without a status/,
    ],
    [
      'that it throws plain errors',
      { errorOf: (status) => new Error(`answered ${status}`) },
      'throws RateLimitError for the status 429, and continues from its cursor',
      /the error for the status 429 is Error: answered 429, not RateLimitError$/,
    ],
    [
      'that it throws one class of error for all',
      { errorOf: () => parts.errorOf(500) },
      'throws AuthenticationError for the status 401, and continues from its cursor'.replace(
        'a Auth',
        'an Auth',
      ),
      /the error for the status 401 is ServerError: no, not AuthenticationError/,
    ],
    [
      'that it takes an error for an empty last page',
      { parse: () => ({ next: null, items: [] }) },
      'throws ResponseValidationError for an answer that is not JSON, and continues from its cursor',
      /nothing is thrown for a page of HTML: the listing ends as if it were complete/,
    ],
    [
      'that it passes network errors on',
      { connectionError: (cause) => cause },
      'throws ConnectionError for a connection that breaks, and continues from its cursor',
      /the error for a fetch that rejects is TypeError: fetch failed, not ConnectionError/,
    ],
    [
      'that it does not pass the signal on',
      { send: (fetch, url) => fetch(url) },
      stops,
      /the request goes on after the listing was aborted: pass request.signal to fetch/,
    ],
    [
      'that it looks up participants that it cannot know',
      { participantKey: () => 'anybody' },
      refuses,
      /for the participant \{"identity":"jo"\} it throws nothing, not an UnsupportedParticipantError/,
    ],
    [
      'that a field is missing',
      { normalise: ({ key, state }) => ({ ...parts.normalise({ key, state }), title: '' }) },
      model,
      /conversation.title is "": it must be a string that is not empty, or null/,
    ],
    [
      'that a date is invalid',
      { normalise: (item) => ({ ...parts.normalise(item), createdAt: new Date('soon') }) },
      model,
      /conversation.createdAt is the Date Invalid Date: it must be a valid Date, or null/,
    ],
    [
      'that the names of provider and conversation differ',
      { name: 'Example' },
      model,
      /^Example: the provider of a conversation is "example", and its own name is "Example"$/,
    ],
    [
      'that it yields instances of classes',
      {
        normalise: (item) => ({
          ...parts.normalise(item),
          attributes: { link: new URL('https://example.com') },
        }),
      },
      plain,
      /conversation.attributes.link is an instance of URL: it must be plain data/,
    ],
    [
      'that it changes raw',
      { normalise: (item) => ({ ...parts.normalise(item), raw: { ...item, key: item.key.toUpperCase() } }) },
      raw,
      /the raw of conversation-01 is .*, which is not in the answer/,
    ],
    [
      'that it shows its key',
      { secretProperty: { apiKey: 'a-secret-key' } },
      secrets,
      /^example: provider.apiKey holds one of the secrets$/,
    ],
    [
      'that its errors show its key',
      { errorOf: () => Object.assign(parts.errorOf(429), { headers: { authorization: 'a-secret-key' } }) },
      secrets,
      /the error for the status 401.headers.authorization holds one of the secrets/,
    ],
    [
      'that its capabilities are wrong',
      { capabilities: { ...parts.capabilities, maxPageSize: 0 } },
      declares,
      /capabilities.maxPageSize is 0: it must be a whole number from 1 up/,
    ],
  ])('%s', async (_, broken, name, message) => {
    const failures = await failuresOf(broken)
    expect(failures[name]).toMatch(message)
    expect(JSON.stringify(failures)).not.toContain('a-secret-key')
  })
})
