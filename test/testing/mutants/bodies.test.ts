import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const notJson =
  'throws ResponseValidationError for a response that is not JSON, and continues from its cursor'
const noList = 'throws an error for a page without its list, and continues from its cursor'
const invalid = 'reports a conversation without an id, and neither drops nor yields it'

const nothing = { next: null, items: [], total: 0 }

findsFaults([
  [
    'takes HTML for the end',
    { parse: (text, isFirst) => (text.startsWith('<') ? nothing : parts.parse(text, isFirst)) },
    notJson,
    /nothing is thrown for a page of HTML: the listing ends as if it were complete/,
  ],
  [
    'takes an empty response for the end',
    { parse: (text, isFirst) => (text === '' ? nothing : parts.parse(text, isFirst)) },
    notJson,
    /nothing is thrown for an empty response/,
  ],
  [
    'takes whatever is not JSON for the end',
    {
      parse(text) {
        try {
          return JSON.parse(text)
        } catch {
          return nothing
        }
      },
    },
    notJson,
    /nothing is thrown for a page of HTML/,
  ],
  [
    'takes a truncated response for the end',
    {
      parse(text, isFirst) {
        const isTruncated = text.startsWith('{') && !text.endsWith('}')
        return isTruncated ? nothing : parts.parse(text, isFirst)
      },
    },
    notJson,
    /nothing is thrown for a response that ends in the middle/,
  ],
  [
    'throws the SyntaxError of a response that is not JSON',
    { parse: (text) => JSON.parse(text) },
    notJson,
    /the error for a page of HTML is .*not ResponseValidationError/,
  ],
  [
    'takes a missing list for an empty one',
    { itemsOf: ({ items }) => items ?? [] },
    noList,
    /nothing is thrown for a page without the list of conversations/,
  ],
  [
    'takes a missing list for an empty one, but checks the rest of the page',
    {
      itemsOf({ items, total }) {
        if (typeof total !== 'number') throw new TypeError('no total')
        return items ?? []
      },
    },
    noList,
    /nothing is thrown for a page without the list of conversations/,
  ],
  [
    'takes whatever is no list for an empty one',
    { itemsOf: ({ items }) => (Array.isArray(items) ? items : []) },
    noList,
    /nothing is thrown for a page without the list of conversations/,
  ],
  [
    'takes an empty object for the end',
    { parse: (text, isFirst) => (text === '{}' ? nothing : parts.parse(text, isFirst)) },
    noList,
    /nothing is thrown for an empty object/,
  ],
  [
    'takes null for the end',
    { parse: (text, isFirst) => parts.parse(text, isFirst) ?? nothing },
    noList,
    /nothing is thrown for null/,
  ],
  [
    'drops a conversation whose id is empty',
    { itemsOf: ({ items }) => items.filter((item) => item?.key !== '') },
    invalid,
    /nothing is thrown for a conversation whose id is ''/,
  ],
  [
    'drops a conversation without an id',
    { itemsOf: ({ items }) => items.filter((item) => item === null || 'key' in item) },
    invalid,
    /nothing is thrown for a conversation whose id is missing/,
  ],
  [
    'drops null',
    { itemsOf: ({ items }) => items.filter((item) => item !== null) },
    invalid,
    /nothing is thrown for a conversation that is null/,
  ],
  [
    'drops whatever is invalid',
    { itemsOf: ({ items }) => items.filter((item) => item?.key) },
    invalid,
    /nothing is thrown for a conversation whose id is ''/,
  ],
  [
    'makes up an id',
    { normalize: (item) => parts.normalize({ ...item, key: item.key || 'unknown' }) },
    invalid,
    /nothing is thrown for a conversation whose id is ''/,
  ],
  [
    'takes an id that is missing for "undefined"',
    { normalize: (item) => parts.normalize({ ...item, key: String(item.key) }) },
    invalid,
    /nothing is thrown for a conversation whose id is missing/,
  ],
  [
    'drops the conversations after an invalid one',
    {
      itemsOf({ items }) {
        const first = items.findIndex((item) => !item?.key)
        return first === -1 ? items : items.slice(0, first + 1)
      },
    },
    invalid,
    /with a conversation whose id is '' that onInvalidConversation skips, it loses Conversation-03/,
  ],
])
