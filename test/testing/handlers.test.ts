import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  bird,
  ConnectionError,
  type ConversationProvider,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import { createStandIn, sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/index.ts'
import { account, address, channelId, workspace } from '../support/accounts.ts'

const participant = { address }

const standIn = createStandIn({
  twilio: { ...account, conversations: sampleTwilioConversations({ address, count: 60 }) },
  bird: { ...workspace, conversations: sampleBirdConversations({ address, channelId, count: 30 }) },
})
const server = setupServer(
  ...standIn.handlers,
  http.get('https://example.com/', () => HttpResponse.text('mine')),
)
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  server.resetHandlers()
  standIn.reset()
})
afterAll(() => server.close())

describe('standIn.handlers', () => {
  it("handle both providers' hosts, including Twilio's regional ones", async () => {
    const providers: ConversationProvider[] = [
      twilio(account),
      twilio({ ...account, region: 'ie1', edge: 'dublin' }),
      bird({ ...workspace, channelId }),
    ]
    for (const provider of providers) await listParticipantConversations({ provider, participant }).toArray()
    expect(standIn.requests.map(({ url }) => new URL(url).host)).toEqual([
      'conversations.twilio.com',
      'conversations.twilio.com',
      'conversations.dublin.ie1.twilio.com',
      'conversations.dublin.ie1.twilio.com',
      'api.bird.com',
    ])
  })

  it('leave other hosts to other handlers', async () => {
    expect(await (await fetch('https://example.com/')).text()).toBe('mine')
    expect(standIn.requests).toEqual([])
  })

  it('yield to a handler that is prepended', async () => {
    server.use(
      http.get('https://api.bird.com/*', () => HttpResponse.json({ results: [{ id: 'from-a-handler' }] })),
    )
    const provider = bird({ ...workspace, channelId })
    const [conversation] = await listParticipantConversations({ provider, participant }).toArray()
    expect(conversation?.id).toBe('from-a-handler')
  })

  it('fail when the stand-in is told to fail', async () => {
    const provider = twilio({ ...account, retry: { retries: 0 } })
    standIn.fail({ page: 2, networkError: true })
    const list = listParticipantConversations({ provider, participant })
    await expect(list.toArray()).rejects.toThrow(ConnectionError)
    standIn.fail({ status: 429, retryAfter: 3600 })
    await expect(list.toArray()).rejects.toMatchObject({ status: 429, retryAfterMs: 3_600_000 })
    expect(await list.toArray()).toHaveLength(60)
  })

  it('are always the same array, so they can be spread more than once', () => {
    expect(standIn.handlers).toBe(standIn.handlers)
  })

  it('say what to install if MSW is missing, and leave everything else working', async () => {
    const script = `
      import { createStandIn } from ${JSON.stringify(new URL('../../src/testing/stand-in.ts', import.meta.url).href)}
      process.getBuiltinModule = (name) => name === 'node:module'
        ? { createRequire: () => { throw new Error("Cannot find module 'msw'") } }
        : undefined
      const standIn = createStandIn({ bird: { accessKey: 'k', workspaceId: '0f0e0d0c-0000-4000-8000-000000000001', conversations: [] } })
      const { status } = await standIn.fetch('https://api.bird.com/')
      try { standIn.handlers } catch (error) { console.log(status, error.message) }
      delete process.getBuiltinModule
      process.getBuiltinModule = undefined
      try { standIn.handlers } catch (error) { console.log(error.message) }
    `
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '--eval',
      script,
    ])
    const [missing, noModules] = stdout.trim().split('\n')
    expect(missing).toMatch(
      /^404 standIn.handlers requires MSW 2 or 3, .*: npm install --save-dev msw\. Without it, pass standIn\.fetch/,
    )
    expect(noModules).toMatch(
      /^MSW cannot be loaded by name in this runtime\. Without it, pass standIn\.fetch/,
    )
  })
})
