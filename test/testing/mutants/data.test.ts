import type { AnyConversation } from '../../../src/index.ts'
import { parts, withFields } from './adapter.ts'
import { findsFaults } from './harness.ts'

const model = 'yields conversations with every field of the model'
const plain = 'yields plain data'
const ids = 'yields ids unchanged'
const lists = 'lists the conversations of every page, in order'

findsFaults([
  [
    'makes up ids',
    withFields(({ key }) => ({ id: `x-${key}` })),
    lists,
    /it yields the ids "x-Conversation-01".*, which the provider never sent/,
  ],
  ['lower-cases ids', withFields(({ key }) => ({ id: key.toLowerCase() })), ids, /it repeats conversation-a/],
  ['upper-cases ids', withFields(({ key }) => ({ id: key.toUpperCase() })), ids, /it repeats CONVERSATION-A/],
  [
    'takes ids for numbers',
    withFields(({ key }) => ({ id: /^\d/.test(key) ? String(Number(key)) : key })),
    ids,
    /it loses 007/,
  ],
  ['cuts ids at a dot', withFields(({ key }) => ({ id: key.split('.')[0] ?? '' })), ids, /it loses a.b_c-d/],
  ['has an empty string as a title', withFields(() => ({ title: '' })), model, /conversation.title is ""/],
  [
    'has undefined as a title',
    withFields(() => ({ title: undefined as never })),
    model,
    /conversation.title is undefined: it must be a non-empty string, or null/,
  ],
  [
    'omits a field',
    {
      normalize(item) {
        const { timers: _, ...rest } = parts.normalize(item)
        return rest as AnyConversation
      },
    },
    model,
    /conversation.timers is undefined: it must be an object/,
  ],
  [
    'has an invalid date',
    withFields(() => ({ createdAt: new Date('soon') })),
    model,
    /conversation.createdAt is the Date Invalid Date: it must be a valid Date, or null/,
  ],
  [
    'has a date as text',
    withFields(() => ({ updatedAt: '2024-03-01T12:00:00Z' as never })),
    model,
    /conversation.updatedAt is "2024-03-01T12:00:00Z": it must be a valid Date, or null/,
  ],
  [
    'has a participant of a wrong form',
    withFields(() => ({ participant: { id: 7 } as never })),
    model,
    /conversation.participant.provider is undefined/,
  ],
  [
    'has another name than its conversations',
    { name: 'Example' },
    model,
    /^Example: conversation.provider is "example", but the name of the provider is "Example"$/,
  ],
  [
    'yields class instances',
    withFields(() => ({ attributes: { link: new URL('https://example.com') } })),
    plain,
    /conversation.attributes.link is an instance of URL: it must be plain data/,
  ],
  [
    'yields functions',
    withFields(() => ({ attributes: { reply: () => {} } })),
    plain,
    /conversation.attributes.reply is a function: it must be plain data/,
  ],
  [
    'yields bigints',
    withFields(() => ({ attributes: { count: 1n } })),
    plain,
    /conversation.attributes.count is a bigint: it must be plain data/,
  ],
  [
    'computes a field when it is read',
    {
      normalize: (item) =>
        Object.defineProperty(parts.normalize(item), 'title', { get: () => 'Hello', enumerable: true }),
    },
    plain,
    /conversation.title is a function: it must be plain data/,
  ],
  [
    'shares raw',
    { itemsOf: ({ items }) => items.map((item) => Object.assign(items[0] ?? item, item)) },
    lists,
    /it repeats Conversation-03/,
  ],
])
