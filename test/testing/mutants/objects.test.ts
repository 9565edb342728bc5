import type { AnyConversation } from '../../../src/index.ts'
import { type Item, parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const _model = 'yields conversations with every field of the model'
const _plain = 'yields plain data'
const _totals = 'returns the request id and the total of a page, or null'
const _ids = 'yields ids unchanged'
const raw = "keeps the provider's object in raw, unchanged"
const shares = 'shares no object between conversations'
const _declares = 'declares its name, scope and capabilities, and sends no request before it is listed'
const _lists = 'lists the conversations of every page, in order'

/** Replaces fields of every conversation. */
const withFields = (fields: (item: Item) => Partial<AnyConversation>) => ({
  normalize: (item: Item): AnyConversation =>
    ({ ...parts.normalize(item), ...fields(item) }) as AnyConversation,
})

const channel = { id: null, type: null, businessAddress: null }
const attributes = {}
const createdAt = new Date(0)

findsFaults([
  [
    'changes raw',
    withFields((item) => ({ raw: { ...item, key: item.key.toUpperCase() } })),
    raw,
    /raw of Conversation-01 is .*, which is not in the response/,
  ],
  [
    'keeps only a part in raw',
    withFields(({ key }) => ({ raw: { key } })),
    raw,
    /raw of Conversation-01 is .*, which is not in the response/,
  ],
  ['has null as raw', withFields(() => ({ raw: null as never })), raw, /raw of Conversation-01 is null/],
  [
    'has the first object of the page as raw of all',
    () => {
      let first: Item | undefined
      return {
        itemsOf(answer, request) {
          ;[first] = answer.items
          return parts.itemsOf(answer, request)
        },
        normalize: (item) => ({ ...parts.normalize(item), raw: { ...first } }),
      }
    },
    raw,
    /raw of Conversation-02 is that of Conversation-01/,
  ],
  [
    'shares the page as raw',
    () => {
      let page: object = {}
      return {
        itemsOf(answer, request) {
          page = answer
          return parts.itemsOf(answer, request)
        },
        normalize: (item) => ({ ...parts.normalize(item), raw: page }),
      }
    },
    shares,
    /conversation.raw is the same object in Conversation-01 and in Conversation-02/,
  ],
  [
    'shares an object between conversations',
    withFields(() => ({ channel })),
    shares,
    /conversation.channel is the same object in Conversation-01 and in Conversation-02: create it for each/,
  ],
  [
    'shares empty attributes',
    withFields(() => ({ attributes })),
    shares,
    /conversation.attributes is the same/,
  ],
  ['shares a date', withFields(() => ({ createdAt })), shares, /conversation.createdAt is the same object/],
  [
    'shares conversations between listings',
    () => {
      const known = new Map<string, AnyConversation>()
      return {
        normalize(item) {
          const conversation = known.get(item.key) ?? parts.normalize(item)
          known.set(item.key, conversation)
          return conversation
        },
      }
    },
    shares,
    /is the same object in Conversation-01 and in Conversation-01, listed once more,/,
  ],
])
