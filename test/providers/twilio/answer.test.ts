import { describe, expect, it } from 'vitest'
import { ResponseValidationError } from '../../../src/index.ts'
import { errorOf, listFromTwilio } from '../../support/listing.ts'

const sid = 'CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

describe("an answer of Twilio's", () => {
  it('may name its list itself', async () => {
    const body = {
      participants: [{ conversation_sid: sid }],
      conversations: [],
      meta: { key: 'participants' },
    }
    expect(await listFromTwilio(body)).toMatchObject([{ id: sid }])
  })

  for (const meta of [undefined, null, {}, { key: null, next_page_url: null }]) {
    it(`may have ${JSON.stringify(meta) ?? 'nothing'} as its meta`, async () => {
      expect(await listFromTwilio({ conversations: [{ conversation_sid: sid }], meta })).toHaveLength(1)
    })
  }

  it('may have null as its list', async () => {
    expect(await listFromTwilio({ conversations: null })).toEqual([])
  })

  const wrong: [unknown, string][] = [
    [null, 'the body is null'],
    [[], 'the body is an array'],
    ['text', 'the body is a string'],
    [{}, 'the list is missing'],
    [{ conversations: {} }, 'the list is an object'],
    [{ conversations: 'none' }, 'the list is a string'],
    [{ meta: { key: 'others' }, conversations: [] }, 'the list is missing'],
    [{ meta: { key: 'toString' }, conversations: [] }, 'the list is missing'],
    [{ meta: { key: '__proto__' }, conversations: [] }, 'the list is missing'],
    [{ conversations: [{ conversation_sid: sid }, null] }, 'the list.1 is null'],
    [{ conversations: ['CH1'] }, 'the list.0 is a string'],
    [{ conversations: [[]] }, 'the list.0'],
    [{ conversations: [{}] }, 'the list.0.conversation_sid is missing'],
    [{ conversations: [{ conversation_sid: null }] }, 'the list.0.conversation_sid is null'],
    [{ conversations: [{ conversation_sid: '' }] }, 'the list.0.conversation_sid is empty'],
    [{ conversations: [{ conversation_sid: 7 }] }, 'the list.0.conversation_sid is a number'],
    [{ conversations: [], meta: { next_page_url: 7 } }, 'meta.next_page_url is a number'],
  ]
  for (const [body, place] of wrong) {
    it(`that is ${JSON.stringify(body)} is an error that says: ${place}`, async () => {
      const error = await errorOf(listFromTwilio(body), ResponseValidationError)
      // By its documented name or by what it is: the name that an answer gives it may be anything.
      const named = error.message.replace('documented: conversations', 'documented: the list')
      expect(named).toContain(`Twilio's answer is not as documented: ${place}`)
      expect(error).toMatchObject({ provider: 'twilio', cursor: expect.any(String) })
    })
  }
})
