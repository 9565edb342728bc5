import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listen } from '../../src/testing/server.ts'
import {
  type BuiltCommand,
  buildCommandForTests,
  createStage,
  type Outcome,
  run,
  type Stage,
} from './command.ts'

let command: BuiltCommand
let stage: Stage
beforeAll(async () => {
  command = await buildCommandForTests()
})
afterAll(() => command.remove())
beforeEach(async () => {
  stage = await createStage({ count: 3 })
})
afterEach(() => stage.server.close())

const list = (...args: string[]): Promise<Outcome> =>
  run(process.execPath, [command.path, ...stage.args, ...args], stage.env)

describe('an error before the first page says what to do in terms of the command', () => {
  test.each([
    [
      'twilio',
      401,
      'Check TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or with TWILIO_AUTH_TOKEN',
    ],
    ['twilio', 404, 'Check --service-sid, TWILIO_ACCOUNT_SID and TWILIO_REGION.'],
    ['bird', 401, 'Check BIRD_ACCESS_KEY:'],
    ['bird', 404, 'Check BIRD_WORKSPACE_ID, BIRD_CHANNEL_ID or --channel-id, and the participant.'],
    ['bird', 422, 'Check BIRD_CHANNEL_ID or --channel-id, the participant and the position'],
  ] as const)('%s %i', async (provider, status, advice) => {
    stage.standIn.fail({ provider, status, times: 9 })
    const { stderr } = await list('--provider', provider)
    expect(stderr).toContain(advice)
    expect(stderr).not.toMatch(/accountSid|authToken|accessKey|baseUrl|workspaceId|the cursor/)
    expect(stderr).not.toContain('To continue')
  })

  test('a redirect', async () => {
    const location = 'https://example.com'
    await using server = await listen(() =>
      Promise.resolve(new Response(null, { status: 302, headers: { location } })),
    )
    const { stderr } = await list('--provider', 'twilio', '--twilio-url', server.url)
    expect(stderr).toContain('Check --twilio-url, TWILIO_REGION and TWILIO_EDGE.')
    expect(stderr).not.toContain('baseUrl')
  })

  test('a page token that Twilio no longer knows, without a command that would use it again', async () => {
    stage.standIn.fail({ provider: 'twilio', status: 403, page: 2 })
    const interrupted = await list('--provider', 'twilio', '--page-size', '1')
    const [, cursor = ''] = /To continue: .* --cursor (\S+)/.exec(interrupted.stderr) ?? []
    stage.standIn.fail({ provider: 'twilio', status: 400, code: 21481 })
    const { stderr } = await list('--provider', 'twilio', '--page-size', '1', '--cursor', cursor)
    expect(stderr).toMatch(/ The position is no longer valid: start from the beginning,.*\n$/)
  })

  test('a host that does not respond', async () => {
    const server = await listen(() => Promise.resolve(new Response()))
    await server.close()
    const { code, stderr } = await list('--provider', 'bird', '--bird-url', server.url)
    expect(code).toBe(6)
    expect(stderr).toMatch(/ Check the network, and --bird-url if set, before you try again\.\n$/)
  })

  test('a page token that comes for the second time', async () => {
    const next = 'same'
    await using server = await listen(() =>
      Promise.resolve(Response.json({ results: [], nextPageToken: next })),
    )
    const { stderr } = await list('--provider', 'bird', '--bird-url', server.url)
    expect(stderr).toContain('do not continue in a loop, since conversations may repeat')
  })

  test('429 with a long Retry-After', async () => {
    stage.standIn.fail({ provider: 'bird', status: 429, retryAfter: 3600 })
    const { stderr } = await list('--provider', 'bird')
    expect(stderr).toMatch(/ Wait 3600 s before you try again\.\n$/)
  })

  test('a cursor that was not copied whole', async () => {
    const { code, stderr } = await list('--cursor', 'x')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Error: cursor is damaged\. Pass --cursor unchanged,/)
  })
})

test('--debug logs each attempt of a request, without the participant and the credentials', async () => {
  stage.standIn.fail({ provider: 'bird', status: 401 })
  const { stderr } = await list('--provider', 'bird', '--debug')
  const [first, second] = stderr.split('\n')
  expect(first).toMatch(/^GET http:\S+\/participants\/phonenumber\/\*\*\*\/conversations\S*: 401 in \d+ ms/)
  expect(second).toMatch(/AuthenticationError, no further attempt$/)
  for (const secret of ['12025550123', stage.env.BIRD_ACCESS_KEY]) expect(stderr).not.toContain(secret)
})

test('--debug logs the request ids of responses, and the retries', async () => {
  stage.standIn.fail({ provider: 'twilio', status: 503 })
  const { code, stderr } = await list('--provider', 'twilio', '--debug')
  expect(code).toBe(0)
  expect(stderr).toMatch(/: ServerError, next attempt in \d+ ms\n/)
  expect(stderr).toMatch(/ \(attempt 2\): 200 in \d+ ms, request id RQ\w+\n/)
})
