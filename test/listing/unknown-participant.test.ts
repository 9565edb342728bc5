import { describe, expect, it } from 'vitest'
import {
  type ConversationProvider,
  type ListOptions,
  listParticipantConversations,
  NotFoundError,
  type ParticipantRef,
} from '../../src/index.ts'
import { createStandIn, sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdPage,
  birdWith,
  channelId,
  collect,
  errorOf,
  idsOf,
  recordingFetch,
  twilioPage,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'
import { readings } from '../support/readings.ts'
import { refuseUnhandledRejections } from '../support/rejections.ts'
import { named, source } from '../support/sources.ts'

refuseUnhandledRejections()

const participant = { id: 'x' }

const notFound = (): NotFoundError =>
  new NotFoundError('unknown', {
    provider: 'new',
    status: 404,
    url: 'https://api.example.com',
    attempts: 1,
    requestId: 'request-7',
  })

/** A provider that does not know the participant. */
const unknowing = (name = 'new', capabilities: Partial<ConversationProvider['capabilities']> = {}) =>
  named(name, () => Promise.reject(notFound()), { notFound: 'empty', ...capabilities })

const list = (provider: ConversationProvider | ConversationProvider[], more: Partial<ListOptions> = {}) =>
  listParticipantConversations({ provider, participant, ...more })

const mustNotBeAsked: ListOptions['onSourceError'] = () => {
  throw new Error('onSourceError must not be asked')
}

describe('a participant that one of several sources does not know', () => {
  const ways: Readonly<Record<string, Partial<ListOptions>>> = {
    'by default': {},
    'one source at a time': { concurrency: 1 },
    'all sources at once': { concurrency: 9 },
    'with prefetch': { prefetch: true },
    "with onSourceError: 'throw'": { onSourceError: 'throw' },
    'with a function that must not be called': { onSourceError: mustNotBeAsked },
    'with a filter': { filter: () => true },
    'with a page size': { pageSize: 1 },
  }
  it.each(Object.entries(ways))('has no conversations there, wherever it stands: %s', async (_, more) => {
    const known = () => source('a', 3)
    const orders = [
      [unknowing(), known()],
      [known(), unknowing()],
      [unknowing('one'), known(), unknowing('two')],
    ]
    for (const providers of orders) {
      expect(idsOf(await list(providers, more).toArray())).toEqual(['a0', 'a1', 'a2'])
      expect(idsOf(await collect(list(providers, more)))).toEqual(['a0', 'a1', 'a2'])
      expect(await list(providers, more).first()).toMatchObject({ id: 'a0' })
      const { items, nextCursor } = await list(providers, more).first(2)
      expect(idsOf(items)).toEqual(['a0', 'a1'])
      const rest = await list(providers, { ...more, cursor: nextCursor }).toArray()
      expect(idsOf(rest)).toEqual(['a2'])
    }
  })

  it('is an empty page, whose cursor continues with the next source', async () => {
    const providers = [unknowing(), source('a', 1)]
    const pages = await collect(list(providers).pages())
    expect(pages).toMatchObject([
      { provider: 'new', items: [], requestId: 'request-7', total: null, nextCursor: expect.any(String) },
      { provider: 'a', items: [{ id: 'a0' }], nextCursor: null },
    ])
    const [first] = pages
    expect(idsOf(await list(providers, { cursor: first?.nextCursor ?? 'none' }).toArray())).toEqual(['a0'])
  })

  it('has no conversations at all if no source knows it', async () => {
    for (const read of Object.values(readings)) await read(list([unknowing('one'), unknowing('two')]))
    expect(await list([unknowing('one'), unknowing('two')]).toArray()).toEqual([])
    expect(await list([unknowing('one'), unknowing('two')]).first()).toBeNull()
  })
})

describe('a 404 is an error', () => {
  it.each(Object.entries(readings))('in a listing of one source, read by %s', async (_, read) => {
    const error = await errorOf(read(list(unknowing())), NotFoundError)
    expect(error).toMatchObject({ provider: 'new', cursor: expect.any(String) })
  })

  it("unless the provider says 'empty'", async () => {
    for (const meaning of ['error', undefined] as const) {
      const providers = [unknowing('new', { notFound: meaning }), source('a', 1)]
      await errorOf(list(providers).toArray(), NotFoundError)
      expect(idsOf(await list(providers, { onSourceError: 'skip' }).toArray())).toEqual(['a0'])
    }
  })

  it('for a later page, since the provider has listed conversations of the participant', async () => {
    const { fetch } = recordingFetch(({ url }) =>
      url.searchParams.has('pageToken') ? new Response('', { status: 404 }) : birdPage(['b1'], 'second'),
    )
    const providers = [birdWith(fetch), source('a', 1)]
    const error = await errorOf(
      listParticipantConversations({ provider: providers, participant }).toArray(),
      NotFoundError,
    )
    expect(error).toMatchObject({ provider: 'bird' })
  })

  it('from Twilio, where it is a wrong service or region', async () => {
    const wrong = twilioWith(recordingFetch(() => new Response('', { status: 404 })).fetch)
    const bird = birdWith(recordingFetch(() => birdPage(['b1'])).fetch)
    const query = { provider: [wrong, bird], participant: { address } }
    await errorOf(listParticipantConversations(query).toArray(), NotFoundError)
  })
})

describe('a contact that Bird does not know', () => {
  const phone = '+5511987654321'
  const twilioFetch = recordingFetch(({ url }) =>
    twilioPage(url.searchParams.get('Address') === `whatsapp:${phone}` ? ['CH1'] : []),
  ).fetch

  it('is listed from Twilio alone, whether Bird returns an empty list or a 404', async () => {
    for (const unknownParticipant of ['empty', 'not found', undefined] as const) {
      const standIn = createStandIn({
        twilio: {
          accountSid,
          authToken,
          conversations: sampleTwilioConversations({ address, count: 3 }),
        },
        bird: { accessKey, workspaceId, conversations: [], unknownParticipant },
      })
      const provider = [birdWith(standIn.fetch), twilioWith(standIn.fetch)]
      const query = { provider, participant: { address }, onSourceError: mustNotBeAsked }
      const all = await listParticipantConversations(query).toArray()
      expect(all.map(({ provider }) => provider)).toEqual(['twilio', 'twilio', 'twilio'])
    }
  })

  it('may be unknown by one of two forms of a number, or in one of two channels', async () => {
    const other = '0f0e0d0c-0000-4000-8000-00000000000b'
    const shorter = '+551187654321'
    const conversations = sampleBirdConversations({ address: shorter, channelId, count: 2 })
    const standIn = createStandIn({
      bird: { accessKey, workspaceId, conversations, unknownParticipant: 'not found' },
    })
    const found = async (participant: ParticipantRef<'phone'>, channels: string[]) =>
      listParticipantConversations({
        provider: birdWith(standIn.fetch, { channelId: channels }),
        participant,
      }).toArray()
    expect(await found({ phone }, [channelId])).toHaveLength(2)
    expect(await found({ phone }, [other, channelId])).toHaveLength(2)
    await errorOf(found({ phone, variants: false }, [channelId]), NotFoundError)
  })

  it('is not one whose listing Bird refuses for another reason', async () => {
    const { fetch } = recordingFetch(() => new Response('', { status: 403 }))
    const query = { provider: [birdWith(fetch), twilioWith(twilioFetch)], participant: { phone } }
    const told: string[] = []
    const all = await listParticipantConversations({
      ...query,
      onSourceError(error) {
        told.push(error.name)
        return 'skip'
      },
    }).toArray()
    expect(idsOf(all)).toEqual(['CH1'])
    expect(told).toEqual(['PermissionError', 'PermissionError'])
  })
})
