import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { printConversations } from '../examples/list-all.ts'
import { twilio } from '../src/index.ts'
import { createStandIn, fakeTwilioConversation } from '../src/testing/index.ts'
import { sampleBirdConversations, sampleTwilioConversations } from '../src/testing/sample-data.ts'
import { ADDRESS, BIRD, COUNT, TWILIO } from './support/example-accounts.ts'
import { listenOnLoopback } from './support/loopback.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: TWILIO.accountSid,
  TWILIO_AUTH_TOKEN: TWILIO.authToken,
  BIRD_ACCESS_KEY: BIRD.accessKey,
  BIRD_WORKSPACE_ID: BIRD.workspaceId,
  BIRD_CHANNEL_ID: BIRD.channelId,
}

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** How an example runs: as a user runs it, in its own process and with these environment variables only. */
function processOf(
  example: string,
  args: string[],
  env: Record<string, string>,
  preload: string[],
): [string, string[], { cwd: string; env: Record<string, string> }] {
  const imports = ['tsx', ...preload].flatMap((module) => ['--import', module])
  return [
    process.execPath,
    [...imports, join('examples', example), ...args],
    { cwd: root, env: { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1', ...env } },
  ]
}

function run(
  example: string,
  args: string[],
  env: Record<string, string>,
  preload: string[] = [],
): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(...processOf(example, args, env, preload), (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

const STAND_IN = ['./test/support/stand-in-process.ts']

const againstStandIn = (example: string, args: string[]): Promise<Outcome> =>
  run(example, args, CREDENTIALS, STAND_IN)

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

const twilioIds = sampleTwilioConversations({ address: ADDRESS, count: COUNT })
  .filter((conversation) => conversation.participant_messaging_binding?.address === ADDRESS)
  .map((conversation) => conversation.conversation_sid)
  .sort()

const birdIds = sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: COUNT })
  .filter((conversation) => JSON.stringify(conversation.featuredParticipants).includes(ADDRESS))
  .map((conversation) => conversation.id)

describe('npm start', () => {
  test("lists the stand-in's customer from both providers, and says that it is a stand-in", async () => {
    const { code, stdout, stderr } = await run('start.ts', [], {})

    expect(code).toBe(0)
    expect(stderr).toContain('This is a stand-in for both providers')
    const providers = lines(stdout).map((line) => JSON.parse(line).provider)
    expect(providers.filter((provider) => provider === 'twilio')).toHaveLength(36)
    expect(providers.filter((provider) => provider === 'bird')).toHaveLength(30)
    expect(stderr).toContain('Requests: 10, one per page.')
  })

  test('calls the real providers if credentials are set', async () => {
    const { code, stdout, stderr } = await againstStandIn('start.ts', [ADDRESS])

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const providers = lines(stdout).map((line) => JSON.parse(line).provider)
    expect(providers).toEqual([...Array(COUNT).fill('twilio'), ...Array(COUNT).fill('bird')])
  })

  test('requires a participant for the real providers', async () => {
    const { code, stderr } = await againstStandIn('start.ts', [])

    expect(code).toBe(2)
    expect(stderr).toContain('Whose conversations?')
  })

  test('names the missing variable if others are set, and offers the stand-in', async () => {
    const { code, stderr } = await run('start.ts', [ADDRESS], { TWILIO_ACCOUNT_SID: TWILIO.accountSid })

    expect(code).toBe(2)
    expect(stderr).toMatch(/credentials for Twilio are incomplete.*\n.*TWILIO_AUTH_TOKEN/)
    expect(lines(stderr).at(-1)).toBe('To try the command without credentials: npm start -- --demo')
  })
})

describe('the other examples', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'participant-conversations-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('a stored cursor takes several processes through every conversation once', async () => {
    const place = join(folder, 'place.txt')
    const listed: string[] = []
    let runs = 0
    do {
      const { code, stdout, stderr } = await againstStandIn('stored-cursor.ts', [ADDRESS, place])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      listed.push(...lines(stdout))
      runs += 1
    } while ((await readdir(folder)).length > 0)

    expect(listed).toEqual(twilioIds)
    // Seven pages of SMS conversations, and one each for WhatsApp and RCS, in runs of two.
    expect(runs).toBe(5)
  })

  test.each(['', '\n'])('a stored cursor that is %j starts from the beginning', async (content) => {
    const place = join(folder, 'empty.txt')
    await writeFile(place, content)

    const { code, stdout } = await againstStandIn('stored-cursor.ts', [ADDRESS, place])

    expect(code).toBe(0)
    expect(lines(stdout)).toEqual(twilioIds.slice(0, 40))
    await rm(place)
  })

  test('an export has one line of JSON for each conversation, without the raw object', async () => {
    const { code, stdout } = await againstStandIn('export-ndjson.ts', [ADDRESS])

    expect(code).toBe(0)
    const exported = lines(stdout).map((line) => JSON.parse(line))
    expect(exported.map(({ id }) => id)).toEqual(birdIds)
    expect(exported[0]).toMatchObject({ provider: 'bird', channel: { id: BIRD.channelId } })
    expect(exported[0]).not.toHaveProperty('raw')
  })

  test('an export that fails prints a command that appends the rest', async () => {
    const env = { ...CREDENTIALS, BIRD_ACCESS_KEY: 'another-key' }
    const { code, stderr } = await run('export-ndjson.ts', [ADDRESS], env, STAND_IN)

    expect(code).toBe(1)
    expect(stderr).toMatch(/export-ndjson\.ts \+12025550123 [\w-]+ >> conversations\.ndjson\n$/)
  })

  test('an export ends quietly if its reader has read enough', async () => {
    const child = spawn(...processOf('export-ndjson.ts', [ADDRESS], CREDENTIALS, STAND_IN))
    const ended = once(child, 'exit')
    child.stdout.destroy()
    const [stderr, [code]] = await Promise.all([text(child.stderr), ended])

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('the table shows no control characters of a title', async () => {
    const conversation = fakeTwilioConversation({
      conversation_friendly_name: 'a\x1b]0;b\x07c\u009bd',
      participant_messaging_binding: { type: 'sms', address: ADDRESS },
    })
    const { fetch } = createStandIn({ twilio: { ...TWILIO, conversations: [conversation] } })
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    onTestFinished(() => log.mockRestore())

    await printConversations([twilio({ ...TWILIO, fetch })], { address: ADDRESS })

    expect(log.mock.calls[1]?.at(-1)).toBe('a ]0;b c d')
  })

  test('a proxy is asked to connect to Twilio, and receives no credential', async () => {
    const asked: string[] = []
    const proxy = createServer().on('connect', (request, socket) => {
      asked.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    const host = await listenOnLoopback(proxy)

    const { code, stderr } = await run('proxy.ts', [`http://${host}`, ADDRESS], CREDENTIALS)
    await new Promise((resolve) => proxy.close(resolve))

    expect(code).toBe(1)
    expect(stderr).toContain('ConnectionError')
    expect(asked[0]).toMatch(/^CONNECT conversations\.twilio\.com:443 /)
    expect(asked.join()).not.toMatch(/authorization/i)
  })
})

test("the backfill's image copies every file that the build of the library runs", async () => {
  const dockerfile = await readFile(join(root, 'examples/backfill/Dockerfile'), 'utf8')
  const [beforeBuild = ''] = dockerfile.split('RUN npm run build')
  for (const file of ['package.json', 'tsconfig.json', 'tsup.config.ts', 'src']) {
    expect(beforeBuild).toContain(` ${file} `)
  }
})
