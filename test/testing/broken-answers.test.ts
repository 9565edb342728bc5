import { describe, expect, it } from 'vitest'
import { type Broken, failuresOf, parts } from './example-adapter.ts'

const statuses = 'gives each conversation a status that its capabilities declare'
const filters = 'filters by status itself if its capabilities say so'
const model = 'yields conversations with every field of the model'
const plain = 'yields plain data'
const raw = "keeps the provider's object in raw, unchanged"
const stops = 'stops a request in flight when the listing is aborted'
const refuses = 'refuses participants that it cannot look up, before any request'
const asks = 'requests the conversations of the participant, and of nobody else'
const secrets = 'shows no secret in an error, in itself or in a cursor'
const declares = 'declares its name, scope and capabilities, and sends no request before it is listed'

describe('testProvider() reports that an adapter', () => {
  it.each<[string, Broken, string, RegExp]>([
    [
      'lists the same person for everybody',
      { lookups: (participant) => parts.lookups(participant).map(() => ({ key: 'contact-1' })) },
      asks,
      /its request is the same for the participants \{"id":"contact-1"\} and \{"id":"contact-1-of-somebody-else"\}/,
    ],
    [
      'lists the whole account, since it leaves out who is looked up',
      { query: (request) => parts.query(request).replace(/^contact=[^&]*&/, '') },
      asks,
      /send what identifies the participant$/,
    ],
    [
      'takes the id of a participant of another provider for its own',
      { lookups: (participant) => [{ key: String(Reflect.get(participant, 'id')) }] },
      refuses,
      /for the participant \{.*it throws nothing, not an UnsupportedParticipantError$/,
    ],
    [
      'shows the participant in its errors',
      {
        errorOf(status) {
          const error = parts.errorOf(status)
          return Object.assign(error, { message: `${error.message}: contact-1` })
        },
      },
      secrets,
      /^example: the error for the status 401.* contains one of the secrets$/,
    ],
    [
      'has a status that it does not declare',
      { normalize: (item) => ({ ...parts.normalize(item), status: 'deleted' }) },
      statuses,
      /the status of conversation-01 is "deleted", which capabilities.statuses does not declare/,
    ],
    [
      'maps a status to the wrong one',
      { normalize: (item) => ({ ...parts.normalize(item), status: 'active' }) },
      statuses,
      /the status of conversation-02 is "active", but respond\(\) was told to send "closed"/,
    ],
    [
      'declares a filter that it does not use',
      { query: (request) => parts.query({ ...request, status: null }) },
      filters,
      /its request for the status "active" is the same as without a status/,
    ],
    [
      'throws plain errors',
      { errorOf: (status) => new Error(`answered ${status}`) },
      'throws RateLimitError for the status 429, and continues from its cursor',
      /the error for the status 429 is Error: answered 429, not RateLimitError$/,
    ],
    [
      'throws the same class of error for every status',
      { errorOf: () => parts.errorOf(500) },
      'throws AuthenticationError for the status 401, and continues from its cursor',
      /the error for the status 401 is ServerError: no, not AuthenticationError/,
    ],
    [
      'mistakes an error for an empty last page',
      { parse: () => ({ next: null, items: [] }) },
      'throws ResponseValidationError for a response that is not JSON, and continues from its cursor',
      /nothing is thrown for a page of HTML: the listing ends as if it were complete/,
    ],
    [
      'does not wrap network errors',
      { connectionError: (cause) => cause },
      'throws ConnectionError for a connection that breaks, and continues from its cursor',
      /the error for a fetch that rejects is TypeError: fetch failed, not ConnectionError/,
    ],
    [
      'does not pass on the signal',
      { send: (fetch, url) => fetch(url) },
      stops,
      /the request continues after the listing was aborted: pass request.signal to fetch/,
    ],
    [
      'accepts participants that it cannot look up',
      { lookups: () => [{ key: 'anybody' }] },
      refuses,
      /for the participant \{"identity":"jo"\} it throws nothing, not an UnsupportedParticipantError/,
    ],
    [
      'has an empty string as a title',
      { normalize: ({ key, state }) => ({ ...parts.normalize({ key, state }), title: '' }) },
      model,
      /conversation.title is "": it must be a non-empty string, or null/,
    ],
    [
      'has an invalid date',
      { normalize: (item) => ({ ...parts.normalize(item), createdAt: new Date('soon') }) },
      model,
      /conversation.createdAt is the Date Invalid Date: it must be a valid Date, or null/,
    ],
    [
      'has another name than its conversations',
      { name: 'Example' },
      model,
      /^Example: conversation.provider is "example", but the name of the provider is "Example"$/,
    ],
    [
      'yields class instances',
      {
        normalize: (item) => ({
          ...parts.normalize(item),
          attributes: { link: new URL('https://example.com') },
        }),
      },
      plain,
      /conversation.attributes.link is an instance of URL: it must be plain data/,
    ],
    [
      'changes raw',
      { normalize: (item) => ({ ...parts.normalize(item), raw: { ...item, key: item.key.toUpperCase() } }) },
      raw,
      /raw of conversation-01 is .*, which is not in the response/,
    ],
    [
      'shows its key',
      { secretProperty: { apiKey: 'a-secret-key' } },
      secrets,
      /^example: provider.apiKey contains one of the secrets$/,
    ],
    [
      'shows its key in errors',
      { errorOf: () => Object.assign(parts.errorOf(429), { headers: { authorization: 'a-secret-key' } }) },
      secrets,
      /the error for the status 401.headers.authorization contains one of the secrets/,
    ],
    [
      'has invalid capabilities',
      { capabilities: { ...parts.capabilities, maxPageSize: 0 } },
      declares,
      /capabilities.maxPageSize is 0: it must be a whole number of at least 1/,
    ],
    [
      'has an invalid meaning of a 404',
      { capabilities: { ...parts.capabilities, notFound: 'skip' as never } },
      declares,
      /capabilities.notFound is "skip": it must be 'empty' or 'error'/,
    ],
  ])('%s', async (_, broken, name, message) => {
    const failures = await failuresOf(broken)
    expect(failures[name]).toMatch(message)
    expect(JSON.stringify(failures)).not.toContain('a-secret-key')
  })
})
