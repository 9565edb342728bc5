import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { listParticipantConversations, ResponseValidationError } from '../../src/index.ts'
import { defineUnchecked, described, listDescribed, participant } from '../support/described.ts'
import { errorOf, idsOf, recordingFetch, settled } from '../support/listing.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'

refuseUnhandledRejections()

const rejecting = () => Promise.reject(new RangeError('too late'))

describe('rows of a description', () => {
  const withRows = (rows: object, body?: unknown) =>
    listDescribed({ rows: { ...described.rows, ...rows } }, body).list()

  it.each([
    ['forgets its return', () => {}, 'must return an object; got undefined'],
    ['is async', async () => ({ status: 'active' }), 'must not be async: it has returned a Promise'],
    ['is async and fails', rejecting, 'must not be async: it has returned a Promise'],
    ['returns the id alone', () => 'ada', 'must return an object; got "…"'],
  ])(
    'whose normalize() %s end the listing, and are not taken for invalid conversations',
    async (_what, normalize, problem) => {
      const { fetch } = recordingFetch(() => ({ items: [{ id: 'a' }] }))
      const provider = defineUnchecked({
        ...described,
        http: { fetch },
        rows: { ...described.rows, normalize },
      })
      const list = listParticipantConversations({ provider, participant, onInvalidConversation: 'skip' })
      const error = await errorOf(list.toArray(), ResponseValidationError)
      expect(error.message).toBe(`rows.normalize() of example ${problem}`)
      await settled()
    },
  )

  it.each([
    ['undefined', () => {}, 'undefined'],
    ['the list itself', ({ items }: { items: unknown[] }) => items, 'an array of length 1'],
    ['a promise', async () => 'items', 'a Promise'],
    ['a promise that is rejected', rejecting, 'a Promise'],
  ])('whose path is a function that returns %s end the listing', async (_what, path, got) => {
    const error = await errorOf(withRows({ in: path }).toArray(), ResponseValidationError)
    expect(error.message).toBe(`rows.in() of example must return a path; got ${got}`)
    await settled()
  })

  const bad = { id: true }
  const good = { id: 'good' }
  const listings: [what: string, rows: object, body: unknown, place: string][] = [
    ['at the top', {}, { items: [bad, good] }, 'items.0.id is a boolean'],
    [
      'in a group',
      { in: 'data.group.items' },
      { data: { group: { items: [good, bad] } } },
      'data.group.items.1.id is a boolean',
    ],
    [
      'in the first of several groups',
      { in: 'groups.0.items' },
      { groups: [{ items: [good, bad] }, {}] },
      'groups.0.items.1.id is a boolean',
    ],
    [
      'under a name that the page tells',
      { in: ({ key }: { key: string }) => key },
      { key: 'calls', calls: [bad, good] },
      'calls.0.id is a boolean',
    ],
    ['in a page that is the list itself', { in: undefined }, [good, null, bad], '1 is null'],
    [
      'with an id elsewhere',
      { id: 'meta.key' },
      { items: [bad, { meta: { key: 'good' } }] },
      'items.0.meta is missing',
    ],
    [
      'with an id that a function returns',
      { id: ({ id }: { id: unknown }) => (id === 'good' ? id : '') },
      { items: [bad, good] },
      'items.0 is an object',
    ],
    [
      'with a list of its own, of which one entry is malformed',
      { schema: z.object({ id: z.string(), members: z.array(z.object({ name: z.string() })) }) },
      {
        items: [
          { ...good, members: [{ name: 'Ada' }] },
          { id: 'b', members: [{ name: 'Ada' }, { name: 7 }] },
        ],
      },
      'items.1.members.1.name is a number',
    ],
  ]

  it.each(listings)(
    'that are %s lose the malformed one alone, which is told in the words of the provider',
    async (_what, rows, body, place) => {
      const { fetch } = recordingFetch(() => body)
      const provider = defineUnchecked({
        ...described,
        http: { fetch },
        rows: { ...described.rows, ...rows },
      })
      const told: string[] = []
      const list = listParticipantConversations({
        provider,
        participant,
        onInvalidConversation({ error }) {
          told.push(error.message)
          return 'skip'
        },
      })
      expect(idsOf(await list.toArray())).toEqual(['good'])
      expect(told[0]).toContain(`example's response is not as documented: ${place}. Check baseUrl`)
    },
  )

  it('are reported one by one, even if several are equal, with what the provider sent', async () => {
    const { fetch } = recordingFetch(() => ({ items: [null, { id: 'a' }, null, { id: true, mood: 'good' }] }))
    const provider = defineUnchecked({ ...described, http: { fetch } })
    const told: unknown[] = []
    const list = listParticipantConversations({
      provider,
      participant,
      onInvalidConversation({ raw }) {
        told.push(raw)
        return 'skip'
      },
    })
    expect(idsOf(await list.toArray())).toEqual(['a'])
    expect(told).toEqual([null, null, { id: true, mood: 'good' }])
  })

  it('that are wrong in several places are reported once, with the first', async () => {
    const schema = z.object({ id: z.string(), state: z.string() })
    const error = await errorOf(
      withRows({ schema }, { items: [{ id: true, state: 7 }] }).toArray(),
      ResponseValidationError,
    )
    expect(error.message).toContain('items.0.id is a boolean')
    expect(error.message).not.toContain('state')
  })

  it('are never removed by a malformed entry in another list, which is an error of the page', async () => {
    const body = { items: [{ id: 'a' }, { id: 'b' }], links: [{ rel: 'next' }, { rel: 7 }] }
    const { fetch } = recordingFetch(() => body)
    const page = z.object({ links: z.array(z.object({ rel: z.string() })) })
    const provider = defineUnchecked({ ...described, http: { fetch }, page })
    for (const onInvalidConversation of ['throw', 'skip'] as const) {
      const list = listParticipantConversations({ provider, participant, onInvalidConversation })
      const error = await errorOf(list.toArray(), ResponseValidationError)
      expect(error.message).toContain("example's response is not as documented: links.1.rel is a number.")
    }
  })

  it('are left alone by the schema of the page, which does not have to know them', async () => {
    const page = z.object({ items: z.array(z.object({ id: z.string() })) })
    const { fetch } = recordingFetch(() => ({ items: [{ id: 'a' }, { id: 7 }] }))
    const provider = defineUnchecked({ ...described, http: { fetch }, page })
    const list = listParticipantConversations({ provider, participant, onInvalidConversation: 'skip' })
    // A page that checks its rows too is as strict as its schema.
    await errorOf(list.toArray(), ResponseValidationError)
    expect(
      idsOf(
        await listDescribed({}, { items: [{ id: 'a', more: 7 }] })
          .list()
          .toArray(),
      ),
    ).toEqual(['a'])
  })

  it('may be missing or null only where that is said', async () => {
    expect(await withRows({}, { items: null }).toArray()).toEqual([])
    expect(await withRows({ optional: true }, {}).toArray()).toEqual([])
    for (const [rows, body, place] of [
      [{}, {}, 'items is missing'],
      [{ in: 'data.items' }, { data: {} }, 'data.items is missing'],
      [{ in: 'data.items' }, {}, 'data.items is missing'],
      [{ optional: true }, { items: { 0: {} } }, 'items is an object'],
      [{ in: undefined }, { items: [] }, 'the body is an object'],
      [{ in: 'toString' }, {}, 'toString is missing'],
      [{ in: () => 'jo.smith@example.com' }, {}, '*** is missing'],
    ] as const) {
      const error = await errorOf(withRows(rows, body).toArray(), ResponseValidationError)
      expect(error.message).toContain(`example's response is not as documented: ${place}.`)
    }
  })

  it('may be none in a response without content, if they are optional', async () => {
    const nothing = () => new Response(null, { status: 204 })
    expect(await withRows({ optional: true }, nothing()).toArray()).toEqual([])
    expect(await withRows({ optional: true, in: undefined }, nothing()).toArray()).toEqual([])
    for (const list of [withRows({}, nothing()), withRows({ in: undefined }, nothing())]) {
      const error = await errorOf(list.toArray(), ResponseValidationError)
      expect(error.message).toContain("example's response is not as documented: the body is null.")
    }
  })

  it('have the id that a function returns, and a number becomes text', async () => {
    const id = ({ key }: { key: unknown }) => key
    const body = { items: [{ key: 7 }, { key: 'b' }, { key: 0 }, { key: Number.MAX_SAFE_INTEGER }] }
    const found = await withRows({ id }, body).toArray()
    expect(idsOf(found)).toEqual(['7', 'b', '0', '9007199254740991'])
    for (const key of [null, undefined, '', true, {}, ['c']]) {
      await errorOf(withRows({ id }, { items: [{ key }] }).toArray(), ResponseValidationError)
    }
  })

  it('receive what the provider sent, not what the schema returns', async () => {
    const schema = z.object({ id: z.string().transform((id) => id.toUpperCase()) })
    const [conversation] = await withRows(
      { schema },
      { items: [{ id: 'a', more: { than: 'that' } }] },
    ).toArray()
    expect(conversation?.raw).toEqual({ id: 'a', more: { than: 'that' } })
  })
})
