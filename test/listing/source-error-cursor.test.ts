import { expect, it } from 'vitest'
import { listParticipantConversations, ResponseValidationError } from '../../src/index.ts'
import { conversationOf, fakeProvider, idsOf, numbered, type PageAnswer } from '../support/listing.ts'

/** What may be wrong with the second page of a source. */
const FAILURES: readonly [name: string, fail: (page: PageAnswer) => PageAnswer][] = [
  [
    'a failed request',
    () => {
      throw new Error('down')
    },
  ],
  [
    'an invalid conversation',
    (page) =>
      Object.assign(page, {
        invalidConversations: [{ error: new ResponseValidationError('no id'), raw: {} }],
      }),
  ],
  ['a page token that leads back', (page) => ({ ...page, nextPageToken: '2' })],
  ['a page token that cannot be sent', (page) => ({ ...page, nextPageToken: '\ud83d' })],
]

it.each(FAILURES)(
  'the error that onSourceError receives continues where the source failed, after %s',
  async (_name, fail) => {
    let isDown = true
    const pages = numbered(6, 2)
    const failing = fakeProvider((request) => {
      const page = pages(request)
      return isDown && request.pageToken === '2' ? fail(page) : page
    })
    const healthy = fakeProvider(() => ({ items: [conversationOf('x')], nextPageToken: null }))
    const cursors: (string | null)[] = []
    const idsFrom = async (cursor?: string | null): Promise<string[]> => {
      const list = listParticipantConversations({
        provider: [failing, { ...healthy, name: 'other' }],
        participant: { id: 'jo' },
        cursor,
        onSourceError(error) {
          cursors.push(error.cursor)
          return 'skip'
        },
      })
      return idsOf(await list.toArray())
    }

    const withoutTheRest = await idsFrom()
    isDown = false
    const rest = await idsFrom(cursors[0])

    expect(cursors).toEqual([expect.any(String)])
    expect(withoutTheRest.at(-1)).toBe('x')
    expect([...withoutTheRest.slice(0, -1), ...rest]).toEqual(['0', '1', '2', '3', '4', '5', 'x'])
  },
)
