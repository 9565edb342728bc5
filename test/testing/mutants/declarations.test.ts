import type { AnyConversation } from '../../../src/index.ts'
import { type Item, parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const _model = 'yields conversations with every field of the model'
const _plain = 'yields plain data'
const totals = 'returns the request id and the total of a page, or null'
const _ids = 'yields ids unchanged'
const _raw = "keeps the provider's object in raw, unchanged"
const _shares = 'shares no object between conversations'
const declares = 'declares its name, scope and capabilities, and sends no request before it is listed'
const _lists = 'lists the conversations of every page, in order'

/** Replaces fields of every conversation. */
const _withFields = (fields: (item: Item) => Partial<AnyConversation>) => ({
  normalize: (item: Item): AnyConversation =>
    ({ ...parts.normalize(item), ...fields(item) }) as AnyConversation,
})

const _channel = { id: null, type: null, businessAddress: null }
const _attributes = {}
const _createdAt = new Date(0)

findsFaults([
  [
    'makes up a total',
    { totalOf: ({ items }) => items.length },
    totals,
    /the total of a page is 2: it must be what the provider says, or null. respond\(\) was told to send 4/,
  ],
  ['has 0 for an unknown total', { totalOf: () => 0 }, totals, /the total of a page is 0/],
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
  [
    'declares a status that is not in the model',
    { capabilities: { ...parts.capabilities, statuses: ['open' as never] } },
    declares,
    /capabilities.statuses is \["open"\]/,
  ],
  ['has no name', { name: '' }, declares, /its name is ""/],
  ['has no scope', { more: { scope: undefined } }, declares, /its scope is undefined: it must be a string/],
])
