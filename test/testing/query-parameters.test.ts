import { describe, expect, it } from 'vitest'
import { createStandIn, sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/index.ts'
import { accessKey, account, address, basic, channelId, workspace } from '../support/accounts.ts'

/** Every query parameter of the two API documents, with what it may be and what it may not be. */

const identity = 'jo'
const { fetch } = createStandIn({
  twilio: {
    ...account,
    conversations: [
      ...sampleTwilioConversations({ address, count: 60 }),
      ...sampleTwilioConversations({ identity, count: 2 }),
      ...sampleTwilioConversations({ identity: '☎'.repeat(256), count: 1 }),
    ],
  },
  bird: { ...workspace, conversations: sampleBirdConversations({ address, channelId, count: 120 }) },
})

type Query = Readonly<Record<string, string>>

async function onTwilio(query: Query) {
  const url = `https://conversations.twilio.com/v1/ParticipantConversations?${new URLSearchParams(query)}`
  const response = await fetch(url, { headers: basic })
  const body = (await response.json()) as {
    conversations?: { conversation_sid: string }[]
    meta: { next_page_url: string | null }
    code?: number
    message?: string
  }
  const ids = body.conversations?.map(({ conversation_sid }) => conversation_sid)
  return { status: response.status, count: ids?.length, ids, body }
}

async function onBird(query: Query) {
  const path = `/workspaces/${workspace.workspaceId}/participants/phonenumber/${encodeURIComponent(address)}/conversations`
  const response = await fetch(`https://api.bird.com${path}?${new URLSearchParams(query)}`, {
    headers: accessKey,
  })
  const body = (await response.json()) as {
    results?: { id: string; status: string }[]
    nextPageToken?: string
    code?: string
    details?: Record<string, string[]>
  }
  const ids = body.results?.map(({ id }) => id)
  return { status: response.status, count: ids?.length, ids, body }
}

describe('the query of Twilio', () => {
  it.each<[string, Query, number]>([
    ['Address', { Address: address }, 50],
    ['Identity', { Identity: identity }, 2],
    ['Identity of 256 characters', { Identity: '☎'.repeat(256) }, 1],
    ['Identity, and an Address that is empty', { Identity: identity, Address: '' }, 2],
    ['PageSize 1', { Address: address, PageSize: '1' }, 1],
    ['PageSize 50', { Address: address, PageSize: '50' }, 50],
    ['Page 0', { Address: address, Page: '0' }, 50],
    ['parameters that the document does not have', { Address: address, Limit: '1', pagesize: '1' }, 50],
    ['names in lower case only as such parameters', { Address: address, identity }, 50],
  ])('accepts %s', async (_, query, count) => {
    expect(await onTwilio(query)).toMatchObject({ status: 200, count })
  })

  it('accepts a PageToken with any Page, which is client state, and another PageSize', async () => {
    const { body } = await onTwilio({ Address: address })
    const { searchParams } = new URL(body.meta.next_page_url ?? '')
    const PageToken = searchParams.get('PageToken') ?? ''
    const second = await onTwilio({ Address: address, PageToken })
    expect(second).toMatchObject({ status: 200, count: 10 })
    for (const Page of ['0', '1', '7']) {
      expect((await onTwilio({ Address: address, PageToken, Page })).ids).toEqual(second.ids)
    }
    expect((await onTwilio({ Address: address, PageToken, PageSize: '4' })).ids).toEqual(
      second.ids?.slice(0, 4),
    )
  })

  it.each<[string, Query, number, string]>([
    ['neither Identity nor Address', {}, 20001, 'Identity or Address'],
    ['both Identity and Address', { Identity: identity, Address: address }, 20001, 'Identity or Address'],
    ['both, empty', { Identity: '', Address: '' }, 20001, 'Identity or Address'],
    ['Identity of 257 characters', { Identity: '☎'.repeat(257) }, 20001, 'Identity'],
    ...['', '0', '51', '-1', '1.5', '1e1', '0x10', ' 5', 'x'].map(
      (PageSize): [string, Query, number, string] => [
        `PageSize ${JSON.stringify(PageSize)}`,
        { Address: address, PageSize },
        20001,
        'PageSize',
      ],
    ),
    ...['', '-1', '1.5', 'x'].map((Page): [string, Query, number, string] => [
      `Page ${JSON.stringify(Page)}`,
      { Address: address, Page },
      20001,
      'Page',
    ]),
    ['Page 1 without a PageToken', { Address: address, Page: '1' }, 20001, 'PageToken'],
    ['PageToken ""', { Address: address, PageToken: '' }, 21481, 'token'],
    ['PageToken "PT1"', { Address: address, PageToken: 'PT1', Page: '1' }, 21481, 'token'],
  ])('refuses %s', async (_, query, code, word) => {
    const message = expect.stringContaining(word)
    expect(await onTwilio(query)).toMatchObject({ status: 400, body: { code, message, status: 400 } })
  })
})

describe('the query of Bird', () => {
  it.each<[string, Query, number]>([
    ['channelId', {}, 10],
    ['channelId in upper case', { channelId: channelId.toUpperCase() }, 10],
    ['a channelId without conversations', { channelId: workspace.workspaceId }, 0],
    ['limit 1', { limit: '1' }, 1],
    ['limit 100', { limit: '100' }, 100],
    ['reverse=true', { reverse: 'true' }, 10],
    ['parameters that the document does not have', { pageSize: '1', Limit: '1' }, 10],
  ])('accepts %s', async (_, query, count) => {
    expect(await onBird({ channelId, ...query })).toMatchObject({ status: 200, count })
  })

  it.each(['active', 'closed', 'deleted'])('filters by status=%s', async (status) => {
    const { body } = await onBird({ channelId, status, limit: '100' })
    expect(new Set(body.results?.map((conversation) => conversation.status))).toEqual(new Set([status]))
  })

  it('reverses the order with reverse=true, and not with reverse=false', async () => {
    const all = await onBird({ channelId, limit: '100' })
    const reversed = await onBird({ channelId, limit: '100', reverse: 'true' })
    expect((await onBird({ channelId, limit: '100', reverse: 'false' })).ids).toEqual(all.ids)
    expect(reversed.ids?.slice(20)).toEqual(all.ids?.slice(20).toReversed())
  })

  it('accepts a pageToken with another limit', async () => {
    const { body, ids = [] } = await onBird({ channelId })
    const second = await onBird({ channelId, pageToken: body.nextPageToken ?? '', limit: '3' })
    expect(second).toMatchObject({ status: 200, count: 3 })
    expect(ids).not.toContain(second.ids?.[0])
  })

  const refused: Readonly<Record<string, readonly string[]>> = {
    channelId: ['', 'sms', `${channelId},${workspace.workspaceId}`],
    status: ['', 'inactive', 'Active', 'active,closed'],
    limit: ['', '0', '101', '-1', '1.5', '1e1', ' 5', 'x'],
    reverse: ['', '0', '1', 'TRUE', 'yes'],
    pageToken: ['', 'x'],
  }
  for (const [name, values] of Object.entries(refused)) {
    it.each(values)(`refuses ${name}=%s`, async (value) => {
      expect(await onBird({ channelId, [name]: value })).toMatchObject({
        status: 422,
        body: { code: 'InvalidPayload', details: { [`.${name}`]: [expect.stringContaining(name)] } },
      })
    })
  }

  it('tells a pageToken that is too long from one of another query', async () => {
    const problemOf = async (pageToken: string) =>
      (await onBird({ channelId, pageToken })).body.details?.['.pageToken']
    expect(await problemOf('a'.repeat(8001))).toEqual(['pageToken must not exceed 8000 characters'])
    expect(await problemOf('a'.repeat(8000))).toEqual(['pageToken does not belong to this query'])
  })

  it('refuses a missing channelId, and names every invalid parameter at once', async () => {
    const { status, body } = await onBird({ status: 'open', limit: '0', reverse: 'no' })
    expect(status).toBe(422)
    expect(Object.keys(body.details ?? {}).toSorted()).toEqual([
      '.channelId',
      '.limit',
      '.reverse',
      '.status',
    ])
  })
})
