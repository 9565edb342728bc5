/** The handlers of docs/testing.md: the library requests the URLs of the table, and lists what the handlers return. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestHandler } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type AnyConversation,
  bird,
  type ConversationProvider,
  listParticipantConversations,
  type ParticipantRef,
  twilio,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { root } from '../package/packed.ts'
import { recordingFetch } from '../support/listing.ts'
import { findBlocks } from './blocks.ts'

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'example-auth-token' }
const workspace = {
  accessKey: 'example-access-key',
  workspaceId: '00000000-0000-4000-8000-000000000001',
  channelId: '00000000-0000-4000-8000-000000000002',
}

const blocks = (await findBlocks()).filter(({ file }) => file === 'docs/testing.md')
const folder = await mkdtemp(join(root, '.docs-'))
afterAll(() => rm(folder, { recursive: true }))

function blockOf(name: string): string {
  const block = blocks.find(({ note }) => note === `handlers: ${name}`)
  if (block === undefined) throw new Error(`docs/testing.md has no block "handlers: ${name}"`)
  return block.code
}

async function load<Module>(name: string, code: string): Promise<Module> {
  const path = join(folder, `${name}.ts`)
  await writeFile(path, code)
  return import(path)
}

/** The rows of the table: a participant, then what is looked up on Twilio and on Bird. */
const rows = Array.from(
  (await readFile(join(root, 'docs/testing.md'), 'utf8')).matchAll(/^\| `(\{.*\})` \|(.*)\|(.*)\|$/gm),
  ([, participant = '', ...cells]) => ({
    participant,
    lookups: cells.map((cell) => Array.from(cell.matchAll(/`(.*?)`/g), ([, lookup = '']) => lookup)),
  }),
)

describe('the table of requests', async () => {
  const { participants } = await load<{ participants: ParticipantRef[] }>(
    'participants',
    `export const participants = [${rows.map(({ participant }) => participant)}]`,
  )
  const templates = blockOf('urls')
    .replace('{workspaceId}', workspace.workspaceId)
    .replace('{channelId}', workspace.channelId)
    .split('\n')
  const { fetch, requests } = recordingFetch()
  const providers: ConversationProvider<AnyConversation>[] = [
    twilio({ ...account, fetch }),
    bird({ ...workspace, fetch }),
  ]
  const cases = providers.flatMap((provider, column) =>
    participants.map((participant, row) => ({
      provider,
      name: provider.name,
      participant,
      text: rows[row]?.participant,
      urls: rows[row]?.lookups[column]?.map((lookup) => templates[column]?.replace('{lookup}', lookup)) ?? [],
    })),
  )

  it('has every form of participant', () => {
    expect(new Set(participants.flatMap((participant) => Object.keys(participant)))).toEqual(
      new Set(['phone', 'address', 'identity', 'id', 'identifierKey', 'identifierValue']),
    )
  })

  it.each(cases)('has what $name receives for $text', async ({ provider, participant, urls }) => {
    const before = requests.length
    const list = () => listParticipantConversations({ provider, participant }).toArray()
    if (urls.length === 0) expect(list).toThrow(UnsupportedParticipantError)
    else expect(await list()).toEqual([])
    expect(requests.slice(before).map(({ href }) => href)).toEqual(urls)
  })
})

describe.each([
  ['twilio', twilio(account), 4],
  ['bird', bird(workspace), 2],
] as const)('the handler for %s', async (name, provider, requestCount) => {
  const handlers = Object.values(await load<Record<string, RequestHandler>>(name, blockOf(name)))

  /** Lists with no other handlers. */
  async function listed(phone: string): Promise<{ conversations: AnyConversation[]; requests: string[] }> {
    const server = setupServer(...handlers)
    const requests: string[] = []
    server.events.on('request:start', ({ request }) => void requests.push(request.url))
    server.listen({ onUnhandledRequest: 'error' })
    try {
      const list = listParticipantConversations({ provider, participant: { phone } })
      return { conversations: await list.toArray(), requests }
    } finally {
      server.close()
    }
  }

  it('returns two pages', async () => {
    const { conversations, requests } = await listed('+12025550123')
    expect(conversations.map(({ title, status }) => ({ title, status }))).toEqual([
      { title: 'A broken cup', status: 'active' },
      { title: 'A broken cup', status: 'closed' },
    ])
    expect(requests).toHaveLength(requestCount)
    expect(requests.filter((url) => /[pP]ageToken=/.test(url))).toHaveLength(1)
  })

  it('returns values that the library reads', async () => {
    const { conversations } = await listed('+12025550123')
    expect(conversations[0]).toMatchObject({
      participant: { address: '+12025550123' },
      createdAt: new Date('2026-03-02T09:15:00Z'),
      updatedAt: new Date('2026-03-04T16:40:00Z'),
      attributes: { order: 1042 },
    })
  })

  it('returns nothing for anybody else', async () => {
    expect((await listed('+442079460000')).conversations).toEqual([])
  })
})
