import { expect, it } from 'vitest'
import { InvalidCursorError, listParticipantConversations } from '../../../src/index.ts'
import { birdPage, birdWith, errorOf, firstCursorOf, recordingFetch } from '../../support/listing.ts'

it('identifiers whose keys and values look the same in a path share neither a URL nor a cursor', async () => {
  const { fetch, requests } = recordingFetch(() => birdPage(['c1'], 'PT1'))
  const list = (identifierKey: string, identifierValue: string, cursor?: string) =>
    listParticipantConversations({
      provider: birdWith(fetch),
      participant: { identifierKey, identifierValue },
      cursor,
    })
  const cursor = await firstCursorOf(list('a', 'b/c'))
  expect(await list('a', 'b/c', cursor).first()).toMatchObject({ id: 'c1' })
  await errorOf(list('a/b', 'c', cursor).first(), InvalidCursorError)

  await list('a/b', 'c').first()
  const paths = requests.map(({ url }) => url.pathname.replace(/.*participants/, ''))
  expect(paths).toEqual(['/a/b%2Fc/conversations', '/a/b%2Fc/conversations', '/a%2Fb/c/conversations'])
})
