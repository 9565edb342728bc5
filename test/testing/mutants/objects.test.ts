import type { AnyConversation } from '../../../src/index.ts'
import { type Item, parts, withFields } from './adapter.ts'
import { findsFaults } from './harness.ts'

const raw = "keeps the provider's object in raw, unchanged"
const shares = 'shares no object between conversations'

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
