import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  fakeBirdConversation,
  fakeTwilioConversation,
  sampleBirdConversations,
  sampleTwilioConversations,
} from '../../src/testing/index.ts'
import { ADDRESS, BIRD } from '../support/example-accounts.ts'
import {
  type BuiltCommand,
  buildCommandForTests,
  createStage,
  idsIn,
  lines,
  type Outcome,
  run,
  runInTerminal,
  type Stage,
} from './command.ts'

const EMAIL = 'jo@example.com'
const USER = 'US.13491208655302741918'
const { channelId } = BIRD

const onTwilio = {
  sms: sampleTwilioConversations({ address: ADDRESS, count: 2 }),
  whatsapp: sampleTwilioConversations({ address: `whatsapp:${ADDRESS}`, count: 2 }),
  email: sampleTwilioConversations({ address: EMAIL, count: 2 }),
  chat: sampleTwilioConversations({ identity: 'jo', count: 2 }),
  user: sampleTwilioConversations({ address: `whatsapp:${USER}`, count: 2 }),
}
const onBird = {
  phone: sampleBirdConversations({ address: ADDRESS, channelId, count: 2 }),
  email: sampleBirdConversations({ address: EMAIL, channelId, count: 2 }),
  user: sampleBirdConversations({ address: `whatsapp:${USER}`, channelId, count: 2 }),
}

let command: BuiltCommand
let stage: Stage
beforeAll(async () => {
  command = await buildCommandForTests()
})
afterAll(() => command.remove())
beforeEach(async () => {
  stage = await createStage({
    twilio: Object.values(onTwilio).flat(),
    bird: Object.values(onBird).flat(),
  })
})
afterEach(() => stage.server.close())

/** Without the address that is in `stage.args`. */
const argsOf = (args: readonly string[]): string[] => ['list', ...stage.args.slice(2), ...args]

const list = (...args: string[]): Promise<Outcome> =>
  run(process.execPath, [command.path, ...argsOf(args)], stage.env)

const twilioIds = (...ways: (keyof typeof onTwilio)[]): string[] =>
  ways.flatMap((way) => onTwilio[way].map(({ conversation_sid }) => conversation_sid).sort())
const birdIds = (...ways: (keyof typeof onBird)[]): string[] =>
  ways.flatMap((way) => onBird[way].map(({ id }) => id))

describe('the command lists the conversations', () => {
  test('of a phone number on every channel', async () => {
    const { stdout, stderr } = await list(ADDRESS)
    expect(stderr).toBe('')
    expect(idsIn(stdout)).toEqual([...twilioIds('sms', 'whatsapp'), ...birdIds('phone')])
  })

  test('of one address exactly', async () => {
    for (const args of [['--address', `whatsapp:${ADDRESS}`], [`whatsapp:${ADDRESS}`]]) {
      expect(idsIn((await list(...args)).stdout)).toEqual([...twilioIds('whatsapp'), ...birdIds('phone')])
    }
    expect(idsIn((await list('--address', ADDRESS)).stdout)).toEqual([
      ...twilioIds('sms'),
      ...birdIds('phone'),
    ])
  })

  test('of an e-mail address', async () => {
    for (const args of [[EMAIL], ['--email', EMAIL]]) {
      expect(idsIn((await list(...args)).stdout)).toEqual([...twilioIds('email'), ...birdIds('email')])
    }
  })

  test('of a WhatsApp user without a number', async () => {
    expect(idsIn((await list(`whatsapp:${USER}`)).stdout)).toEqual([...twilioIds('user'), ...birdIds('user')])
  })

  test('of all that a person is known by, together', async () => {
    const identifier = ['--identifier', `whatsappbsuid=${USER}`]
    const { stdout, stderr } = await list(ADDRESS, '--email', EMAIL, '--identity', 'jo', ...identifier)
    expect(stderr).toBe('')
    expect(idsIn(stdout)).toEqual([
      ...twilioIds('sms', 'whatsapp', 'email', 'chat'),
      ...birdIds('phone', 'email', 'user'),
    ])
  })

  test('with the columns for the other side', async () => {
    const columns = ['--columns', 'provider,businessAddress,serviceId', '-o', 'csv', '--no-header']
    const { stdout } = await list(ADDRESS, '--channel-id', `${channelId}=+12025550100`, ...columns)
    const [first] = onTwilio.sms
    expect(lines(stdout).map((line) => line.trim())).toEqual([
      ...Array(4).fill(expect.stringMatching(/^twilio,'?\+12025550100,IS\w{32}$/)),
      ...Array(2).fill("bird,'+12025550100,"),
    ])
    expect(stdout).toContain(String(first?.chat_service_sid))
  })
})

test.each([
  [['12025550123'], '"12025550123" must be a phone number in E.164 form'],
  [['12025550123'], 'If it begins with the country code, pass +12025550123.'],
  [['+1 202 555 0123'], '(perhaps +12025550123?)'],
  [['whatsapp%3A%2B12025550123'], '(perhaps +12025550123?)'],
  [['--address', USER], `(perhaps whatsapp:${USER}?)`],
  [['--email', 'jo'], '--email "jo" must be an e-mail address, such as jo@example.com.'],
  [['--identity', ''], '--identity "" must not be empty.'],
  [[ADDRESS, '--channel-id', `${channelId}=12`], 'It must be a phone number in E.164 form'],
  [[ADDRESS, '--channel-id', channelId, '--channel-id', `${channelId}=+12025550100`], 'is passed twice'],
])('%j is refused before any request', async (args, message) => {
  const { code, stderr, stdout } = await list(...args)
  expect(stderr).toContain(message)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stage.standIn.requests).toEqual([])
})

// This is the `script` of util-linux. That of BSD takes other options.
describe.skipIf(spawnSync('script', ['--version']).status !== 0)('on a terminal, the command', () => {
  const shown = async (args: string[], env: NodeJS.ProcessEnv = stage.env): Promise<string> => {
    const { code, stdout } = await runInTerminal(command, argsOf(args), env, 100)
    expect(code).toBe(0)
    return lines(stdout).at(-1)?.split('\x1b[K').at(-1)?.trim() ?? ''
  }

  test('says where it has looked if it found nothing', async () => {
    expect(await shown(['+12025550188'])).toBe(
      'No conversations for +12025550188 on Twilio (sms, whatsapp, rcs) and Bird.',
    )
    expect(await shown(['+12025550188', '--identity', 'nobody'])).toBe(
      'No conversations for +12025550188 or nobody on Twilio (sms, whatsapp, rcs) and Bird.',
    )
    expect(await shown(['--identity', 'nobody'])).toBe('No conversations for nobody on Twilio.')
    expect(await shown(['nobody@example.com', '--status', 'active', '--status', 'closed'])).toBe(
      'No active or closed conversations for nobody@example.com on Twilio and Bird.',
    )
    expect(await shown(['--identifier', 'facebookid-7=1'])).toBe(
      'No conversations for facebookid-7=1 on Bird.',
    )
  })

  test('says so too if it has nothing to list, or nothing more', async () => {
    expect(await shown([ADDRESS])).not.toContain('No conversations')
    expect(await shown([ADDRESS, '--limit', '0'])).toBe('Nothing was requested: --limit is 0.')
    const place = join(command.folder, 'place.json')
    await shown([ADDRESS, '--limit', '4', '--provider', 'twilio', '--checkpoint', place])
    const { cursor } = JSON.parse(await readFile(place, 'utf8'))
    expect(await shown([ADDRESS, '--provider', 'twilio', '--cursor', cursor])).toBe(
      'No more conversations for +12025550123 on Twilio (sms, whatsapp, rcs).',
    )
  })
})

test('in a pipe, the command says nothing if it found nothing', async () => {
  expect(await list('+12025550188')).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('a conversation that two addresses find is listed once', async () => {
  const shared = fakeTwilioConversation({ conversation_sid: `CH${'7'.repeat(32)}` })
  await stage.server.close()
  stage = await createStage({
    twilio: [shared, { ...shared, participant_identity: 'jo', participant_messaging_binding: null }],
    bird: [fakeBirdConversation({ id: 'b1', channelId })],
  })
  expect(idsIn((await list(ADDRESS, '--identity', 'jo')).stdout)).toEqual([`CH${'7'.repeat(32)}`, 'b1'])
})
