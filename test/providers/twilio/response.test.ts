import { describe, expect, it } from 'vitest'
import { listParticipantConversations, ResponseValidationError } from '../../../src/index.ts'
import {
  address,
  collect,
  errorOf,
  idsOf,
  listFromTwilio,
  recordingFetch,
  twilioWith,
} from '../../support/listing.ts'

const sid = 'CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

describe('a Twilio response', () => {
  it('may name the property of its list in meta.key', async () => {
    const body = {
      participants: [{ conversation_sid: sid }],
      conversations: [],
      meta: { key: 'participants' },
    }
    expect(await listFromTwilio(body)).toMatchObject([{ id: sid }])
  })

  for (const meta of [undefined, null, {}, { key: null, next_page_url: null }]) {
    it(`may have ${JSON.stringify(meta) ?? 'no value'} as its meta`, async () => {
      expect(await listFromTwilio({ conversations: [{ conversation_sid: sid }], meta })).toHaveLength(1)
    })
  }

  it('may have null instead of a list', async () => {
    expect(await listFromTwilio({ conversations: null })).toEqual([])
  })

  const wrong: [unknown, string][] = [
    [null, 'the body is null'],
    [[], 'the body is an array'],
    ['text', 'the body is a string'],
    [{}, 'conversations is missing'],
    [{ conversations: {} }, 'conversations is an object'],
    [{ conversations: 'none' }, 'conversations is a string'],
    [{ meta: { key: 'others' }, conversations: [] }, 'others is missing'],
    [{ meta: { key: 'toString' }, conversations: [] }, 'toString is missing'],
    [{ meta: { key: '__proto__' }, conversations: [] }, '__proto__ is missing'],
    [{ meta: { key: 'rows' }, rows: [{}] }, 'rows.0.conversation_sid is missing'],
    [{ meta: { key: 'jo@example.com' }, conversations: [] }, '*** is missing'],
    [{ meta: { key: '+12025550123' }, conversations: [] }, '*** is missing'],
    [{ conversations: [{ conversation_sid: sid }, null] }, 'conversations.1 is null'],
    [{ conversations: ['CH1'] }, 'conversations.0 is a string'],
    [{ conversations: [[]] }, 'conversations.0'],
    [{ conversations: [{}] }, 'conversations.0.conversation_sid is missing'],
    [{ conversations: [{ conversation_sid: null }] }, 'conversations.0.conversation_sid is null'],
    [{ conversations: [{ conversation_sid: '' }] }, 'conversations.0.conversation_sid is empty'],
    [{ conversations: [{ conversation_sid: true }] }, 'conversations.0.conversation_sid is a boolean'],
    [{ conversations: [], meta: { next_page_url: 7 } }, 'meta.next_page_url is a number'],
  ]
  for (const [body, place] of wrong) {
    it(`that is ${JSON.stringify(body)} is an error that says: ${place}`, async () => {
      const error = await errorOf(listFromTwilio(body), ResponseValidationError)
      // A response may give its list any name, which is only shown if it looks like one.
      expect(error.message).toContain(`Twilio's response is not as documented: ${place}`)
      expect(error).toMatchObject({ provider: 'twilio', cursor: expect.any(String) })
    })
  }
})

describe('a Twilio response without meta', () => {
  const listing = (count: number, meta?: null, options: { limit?: number; pageSize?: number } = {}) => {
    const conversations = Array.from({ length: count }, (_, index) => ({ conversation_sid: `CH${index}` }))
    const { fetch, requests } = recordingFetch(() => ({ conversations, meta }))
    const provider = twilioWith(fetch)
    return {
      list: listParticipantConversations({ provider, participant: { address }, ...options }),
      requests,
    }
  }

  it.each([undefined, null])('is the last page if it is shorter than requested (meta: %s)', async (meta) => {
    const { list, requests } = listing(49, meta)
    const pages = await collect(list.pages())
    expect(pages.map(({ items, nextCursor }) => [items.length, nextCursor])).toEqual([[49, null]])
    expect(requests).toHaveLength(1)
  })

  it.each([undefined, null])(
    'is an error, not the last page, if it is as long as requested (meta: %s)',
    async (meta) => {
      const { list } = listing(50, meta)
      const ids: string[] = []
      const listed = (async () => {
        for await (const { id } of list) ids.push(id)
      })()
      const error = await errorOf(listed, ResponseValidationError)
      expect(error.message).toContain("add meta: { key: 'conversations', next_page_url: null }")
      expect(error).toMatchObject({ provider: 'twilio', cursor: expect.any(String) })
      expect(ids).toHaveLength(50)
    },
  )

  it('is compared with the page size of the listing', async () => {
    await errorOf(listing(3, null, { pageSize: 3 }).list.toArray(), ResponseValidationError)
    expect(await listing(2, null, { pageSize: 3 }).list.toArray()).toHaveLength(2)
  })

  it('is not an error if the listing ends there anyway', async () => {
    expect(idsOf(await listing(3, null, { limit: 3 }).list.toArray())).toEqual(['CH0', 'CH1', 'CH2'])
  })
})
