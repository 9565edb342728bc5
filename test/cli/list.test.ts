import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fakeBirdConversation, fakeTwilioConversation } from '../../src/testing/index.ts'
import { ADDRESS, BIRD } from '../support/example-accounts.ts'
import {
  type BuiltCommand,
  buildCommandForTests,
  createStage,
  idsIn,
  lines,
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
  stage = await createStage()
})
afterEach(() => stage.server.close())

const list = (args: readonly string[] = [], env: NodeJS.ProcessEnv = stage.env): Promise<Outcome> =>
  run(process.execPath, [command.path, ...stage.args, ...args], env)

const bare = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  run(process.execPath, [command.path, ...args], { PATH: process.env.PATH, ...env })

function countsOf(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}

describe('in a pipe, the command', () => {
  test('prints the conversations of both providers, one line of JSON each, and nothing else', async () => {
    const { code, stdout, stderr } = await list()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const listed = lines(stdout).map((line) => JSON.parse(line))
    expect(listed.map(({ provider }) => provider)).toEqual([
      ...Array(130).fill('twilio'),
      ...Array(130).fill('bird'),
    ])
    expect(listed[0]).not.toHaveProperty('raw')
  })

  test('lists one provider if --provider says so or only its credentials are set', async () => {
    expect(idsIn((await list(['--provider', 'bird'])).stdout)).toHaveLength(130)
    const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, ...env } = stage.env
    const { stdout } = await list([], env)
    expect(lines(stdout).every((line) => JSON.parse(line).provider === 'bird')).toBe(true)
  })

  /** Runs the command that the output of another one suggests. */
  const resume = ({ stderr }: Outcome): Promise<Outcome> => {
    const [, suggested = ''] = /To continue: participant-conversations (.*)/.exec(stderr) ?? []
    return run('/bin/sh', ['-c', `'${process.execPath}' '${command.path}' ${suggested}`], stage.env)
  }

  test('suggests a command after an error that continues, even from one provider to the next', async () => {
    const all = idsIn((await list()).stdout)
    const seen: string[] = []
    stage.standIn.fail({ provider: 'bird', page: 1, status: 401 })
    const first = await list()
    seen.push(...idsIn(first.stdout))
    expect(first.code).toBe(3)
    expect(seen).toHaveLength(130)
    seen.push(...idsIn((await resume(first)).stdout))
    expect(seen).toEqual(all)
  })

  test.each([[['--limit', '150']], [['--limit=150']]])(
    'suggests a command that lists no more than is left of %j',
    async (limit) => {
      stage.standIn.fail({ provider: 'bird', page: 1, status: 401 })
      const first = await list(limit)
      const second = await resume(first)
      expect([idsIn(first.stdout).length, idsIn(second.stdout).length]).toEqual([130, 20])
    },
  )

  test('suggests a command that repeats no header of CSV, but prints one that is still missing', async () => {
    const csv = ['-o', 'csv', '--columns', 'id']
    const { stdout: all } = await list(csv)
    stage.standIn.fail({ provider: 'bird', page: 1, status: 401 })
    stage.standIn.fail({ provider: 'bird', page: 2, status: 401 })
    const first = await list(csv)
    const second = await resume(first)
    expect(second.stdout).not.toBe('')
    const third = await resume(second)
    expect(first.stdout + second.stdout + third.stdout).toBe(all)

    const [, cursor = ''] = /--cursor (\S+)/.exec(first.stderr) ?? []
    stage.standIn.fail({ provider: 'bird', page: 1, status: 401 })
    expect((await resume(await list([...csv, '--cursor', cursor]))).stdout).toMatch(/^id\r\n/)
  })

  test('suggests a command that runs through npx if it does itself', async () => {
    stage.standIn.fail({ provider: 'bird', page: 1, status: 401 })
    const { stderr } = await list([], { ...stage.env, npm_command: 'exec' })
    expect(stderr).toContain(`To continue: npx participant-conversations list ${ADDRESS} `)
  })

  test('filters by status and stops at the limit without unnecessary requests', async () => {
    const { stdout } = await list([
      '--status',
      'active',
      '--status',
      'closed',
      '--limit',
      '7',
      '--page-size',
      '5',
    ])
    const statuses = lines(stdout).map((line) => JSON.parse(line).status)
    expect(statuses).toHaveLength(7)
    expect(new Set([...statuses, 'active', 'closed']).size).toBe(2)
    expect(stage.standIn.requests.length).toBeLessThan(8)
  })

  test('stops quietly and sends no more requests when the reader closes the pipe', async () => {
    await stage.server.close()
    stage = await createStage({ count: 5000 })
    const shell = `'${process.execPath}' '${command.path}' ${stage.args.join(' ')}; echo "code $?" >&2`
    const { stdout, stderr } = await run('/bin/sh', ['-c', `{ ${shell}; } | head -n 3`], stage.env)
    expect(lines(stdout)).toHaveLength(3)
    expect(stderr).toBe('code 0\n')
    const { length } = stage.standIn.requests
    // As many as fit into the pipe before the reader closes it.
    expect(length).toBeLessThan(12)
    expect(stage.standIn.requests).toHaveLength(length)
  })

  test('prints its first line after the first page', async () => {
    let release = (): void => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const { fetch } = stage.standIn
    let asked = 0
    const { listen } = await import('../../src/testing/server.ts')
    await using slow = await listen(async (request) => {
      asked += 1
      if (asked > 1) await released
      return fetch(request)
    })
    const args = ['list', ADDRESS, '--provider', 'twilio', '--twilio-url', slow.url]
    const { stdout } = await run(process.execPath, [command.path, ...args], stage.env, (child) => {
      child.stdout?.once('data', () => release())
    })
    expect(lines(stdout)).toHaveLength(130)
  })
})

test('the command needs no more memory for a longer listing', async () => {
  await stage.server.close()
  stage = await createStage({ count: 20_000 })
  // Their JSON alone would not fit into this heap.
  const args = ['--max-old-space-size=20', command.path, ...stage.args, '--provider', 'bird']
  const { code, stdout } = await run(process.execPath, args, stage.env)
  expect(code).toBe(0)
  expect(stdout.length).toBeGreaterThan(30_000_000)
}, 120_000)

describe('the output', () => {
  test('is one array with -o json', async () => {
    expect(JSON.parse((await list(['-o', 'json'])).stdout)).toHaveLength(260)
    expect(JSON.parse((await list(['-o', 'json', '--limit', '0'])).stdout)).toEqual([])
  })

  test("consists of the provider's own objects with --raw", async () => {
    const { stdout } = await list(['--raw', '--limit', '1', '--provider', 'twilio'])
    expect(JSON.parse(stdout)).toHaveProperty('conversation_sid')
    expect((await list(['--raw', '-o', 'table'])).code).toBe(2)
  })

  test('has the columns from --columns in CSV and tables', async () => {
    const columns = ['--columns', 'id, status', '--limit', '1']
    const [csv, table] = await Promise.all([
      list([...columns, '-o', 'csv']),
      list([...columns, '-o', 'table']),
    ])
    expect(lines(csv.stdout)[0]?.trim()).toBe('id,status')
    expect(lines(table.stdout)[0]).toMatch(/^ID +STATUS$/)
    const wrong = await list(['-o', 'csv', '--columns', 'id,subject'])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('Unknown column "subject". The columns are provider, id,')
  })

  test('has the fields from --json, with the types that they have in the model', async () => {
    const select = [
      '--json',
      'id, channel,participants,updatedAt,raw',
      '--limit',
      '1',
      '--provider',
      'twilio',
    ]
    const [whole] = JSON.parse((await list(['-o', 'json', '--limit', '1', '--provider', 'twilio'])).stdout)
    const [selected, ...others] = JSON.parse((await list(select)).stdout)
    const { id, channel, participants, updatedAt } = whole
    expect({ selected, others }).toEqual({
      selected: {
        id,
        channel,
        participants,
        updatedAt,
        raw: expect.objectContaining({ conversation_sid: id }),
      },
      others: [],
    })
    expect(Object.keys(selected)).toEqual(['id', 'channel', 'participants', 'updatedAt', 'raw'])
    const ndjson = lines((await list(['--json', 'id', '-o', 'ndjson', '--limit', '2'])).stdout)
    expect(ndjson.map((line) => Object.keys(JSON.parse(line)))).toEqual([['id'], ['id']])
  })

  test('lists the fields of --json if it has none or an unknown one', async () => {
    const bareOption = await list(['--json'])
    expect(bareOption).toMatchObject({ code: 2, stdout: '' })
    expect(bareOption.stderr).toMatch(/^Error: --json takes fields.*\n {2}provider\n {2}id\n/)
    const unknown = await list(['--json', 'id,subject'])
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('Unknown field "subject". The fields are provider, id, title,')
  })

  test.each([
    [['--columns', 'id'], 'For JSON, select fields with --json.'],
    [['--columns', 'id', '-o', 'json'], 'For JSON, select fields with --json.'],
    [['--json', 'id', '-o', 'csv'], 'For --output csv, pass --columns.'],
    [['--json', 'id', '--raw'], '--raw and --json cannot be combined'],
  ])('cannot have %j, which would mix fields and columns', async (args, message) => {
    const { code, stdout, stderr } = await list(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stage.standIn.requests).toEqual([])
  })

  test('has no header with --no-header', async () => {
    const { stdout } = await list(['-o', 'csv', '--no-header', '--limit', '1'])
    expect(stdout).toMatch(/^twilio,CH/)
    expect((await list(['-o', 'csv', '--limit', '0'])).stdout).toMatch(/^provider,id/)
    expect((await list(['-o', 'csv', '--limit', '0', '--no-header'])).stdout).toBe('')
  })

  test('is a table of 80 columns if the width is unknown', async () => {
    const { stdout } = await list(['-o', 'table', '--limit', '20'])
    expect(lines(stdout)).toHaveLength(21)
    expect(lines(stdout)[0]).toMatch(/^PROVIDER +STATUS +CHANNEL +UPDATED AT +TITLE$/)
    expect(stdout).not.toContain('\x1b')
  })

  test('is a table that shows the last message as a title only by default', async () => {
    await stage.server.close()
    const lastMessage = { preview: { text: 'Thanks!' } }
    stage = await createStage({
      bird: [fakeBirdConversation({ name: '', channelId: BIRD.channelId, lastMessage })],
    })
    const table = ['-o', 'table', '--no-header', '--provider', 'bird']
    expect((await list(table)).stdout).toMatch(/ Thanks!\n$/)
    expect((await list([...table, '--columns', 'title,lastMessage'])).stdout).toMatch(/^- +Thanks!\n$/)
  })

  test('has no colors with --no-color, even with FORCE_COLOR', async () => {
    const { stdout } = await list(['-o', 'table', '--limit', '1', '--no-color'], {
      ...stage.env,
      FORCE_COLOR: '1',
    })
    expect(stdout).not.toContain('\x1b')
  })

  test.each([
    ['1', true],
    ['0', false],
    ['false', false],
  ])('with FORCE_COLOR=%s has colors in a pipe: %s', async (value, expected) => {
    const { stdout } = await list(['-o', 'table', '--limit', '1'], { ...stage.env, FORCE_COLOR: value })
    expect(stdout.includes('\x1b')).toBe(expected)
  })
})

describe('text from a provider', () => {
  const HOSTILE = 'a\x1b]0;owned\x07\x1b[2J\r\n\x9b31mb\x7f\u202ec\u2028\u2066\u061c\u200f'
  const withTitle = (title: string) =>
    createStage({
      twilio: [fakeTwilioConversation({ conversation_friendly_name: title })],
      bird: [fakeBirdConversation({ name: title, channelId: BIRD.channelId })],
    })

  test.each(['table', 'csv', 'json', 'ndjson'])('cannot control the terminal as %s', async (format) => {
    await stage.server.close()
    stage = await withTitle(HOSTILE)
    const { stdout } = await list(['-o', format])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not occur.
    expect(stdout.replaceAll('\r\n', '\n')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/)
    // These change the direction of text.
    expect(stdout).not.toMatch(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/)
    expect(stdout).toContain('owned')
  })

  test('is unchanged when JSON is parsed', async () => {
    await stage.server.close()
    stage = await withTitle(HOSTILE)
    const { stdout } = await list(['--provider', 'twilio'])
    expect(JSON.parse(stdout).title).toBe(HOSTILE)
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'is never a formula in CSV: %j',
    async (title) => {
      await stage.server.close()
      stage = await withTitle(title)
      const { stdout } = await list(['-o', 'csv', '--columns', 'title', '--no-header', '--provider', 'bird'])
      expect(stdout).not.toMatch(/^"?[=+\-@\t\r]/)
      const raw = await list([
        '-o',
        'csv',
        '--columns',
        'title',
        '--no-header',
        '--provider',
        'bird',
        '--raw',
      ])
      expect(raw.stdout.replaceAll('"', '')).toBe(`${title}\r\n`)
    },
  )

  test.each([
    ['two\nlines', '"two\nlines"', '"two\nlines"'],
    ['hello\n=1+1', '"hello\n=1+1"', '"hello\n=1+1"'],
    ['a\n\n"b"', '"a\n\n""b"""', '"a\n\n""b"""'],
    ['a\r\nb', '"a\r\nb"', '"a␍\nb"'],
    ['a\rb', '"a\rb"', 'a␍b'],
  ])('stays in one cell of CSV although it has line breaks: %j', async (text, rawCell, cell) => {
    await stage.server.close()
    const lastMessage = { id: 'message-1', type: 'text', preview: { text } }
    stage = await createStage({
      bird: [fakeBirdConversation({ name: text, channelId: BIRD.channelId, lastMessage })],
    })
    const csv = ['-o', 'csv', '--provider', 'bird', '--no-header', '--columns', 'title,lastMessage,provider']
    expect((await list(csv)).stdout).toBe(`${cell},${cell},bird\r\n`)
    expect((await list([...csv, '--raw'])).stdout).toBe(`${rawCell},${rawCell},bird\r\n`)
  })

  test('cannot control the terminal in an error, nor add a line to it', async () => {
    const server = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ code: 1, message: 'no\x1b[2Jway\nTo continue: rm' }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const args = ['list', ADDRESS, '--provider', 'twilio', '--twilio-url', url]
    const { code, stderr } = await run(process.execPath, [command.path, ...args], stage.env)
    server.close()
    expect(code).toBe(7)
    expect(stderr).toContain('no␛[2Jway')
    expect(stderr).toMatch(/^Error: [^\n]*way To continue: rm[^\n]*\n$/)
  })
})

describe('an error', () => {
  test.each([
    [401, 3],
    [403, 3],
    [404, 4],
    [429, 5],
    [400, 7],
    [503, 7],
  ] as const)(
    'with the status %i is one message and exit code %i',
    async (status, expected) => {
      stage.standIn.fail({
        provider: 'twilio',
        status,
        times: 99,
        ...(status === 429 && { retryAfter: 3600 }),
      })
      const { code, stdout, stderr } = await list(['--provider', 'twilio'])
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
      expect(stderr).toMatch(/^Error: [^\n]+\n$/)
    },
    30_000,
  )

  test('from the network has its own exit code', async () => {
    await stage.server.close()
    const { code, stderr } = await list(['--provider', 'bird'])
    expect(code).toBe(6)
    expect(stderr).toMatch(/^Error: /)
  }, 30_000)

  test.each([
    [['list'], 'No credentials found.'],
    [['list', ADDRESS], 'No credentials found.'],
    [['list', '--email', 'ada@example.com'], 'No credentials found.'],
    [['list', '--demo', '12025550123'], 'must'],
    [['list', '--demo', '--status', 'open'], 'Allowed choices are active'],
    [['list', '--demo', '--limit', '1.5'], 'It must be a whole number of at least 0.'],
    [['list', '--demo', '--page-size', '0'], 'It must be a whole number of at least 1.'],
    [['list', '--demo', '--provider', 'sinch'], 'Allowed choices are twilio, bird.'],
    [['list', '--demo', '--identifier', 'phonenumber'], 'phonenumber=+12025550123'],
    [['list', '--demo', '--cursor', 'x'], 'cursor is damaged'],
    [['list', '--demo', '--ouput', 'csv'], '(Did you mean --output?)'],
    [['lst'], "unknown command 'lst'"],
    [[], 'Usage:'],
  ])('in the usage, such as %j, has its own exit code', async (args, message) => {
    const { code, stdout, stderr } = await bare(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('To continue')
  })

  test.each([
    [['--provider', 'twilio', '--channel-id', 'zz'], '--channel-id has no effect, since bird is not listed.'],
    [
      ['--provider', 'bird', '--service-sid', 'IS0'],
      '--service-sid has no effect, since twilio is not listed.',
    ],
    [['--demo', '--channel-id', 'zz'], '--channel-id has no effect with --demo.'],
  ])('says that an option has no effect instead of ignoring it: %j', async (args, message) => {
    const { code, stdout, stderr } = await list(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stage.standIn.requests).toEqual([])
  })

  test('names a missing variable', async () => {
    const { code, stderr } = await bare(['list', ADDRESS], { BIRD_ACCESS_KEY: 'key' })
    expect(code).toBe(2)
    expect(stderr).toContain('BIRD_WORKSPACE_ID')
  })

  test('from one provider is reported while the other is still listed with --keep-going', async () => {
    stage.standIn.fail({ provider: 'twilio', status: 404, times: 99 })
    const { code, stdout, stderr } = await list(['--keep-going'])
    expect(code).toBe(4)
    expect(idsIn(stdout)).toHaveLength(130)
    expect(stderr).toContain('Some conversations on Twilio are missing.')
  })
})

test('a provider that --keep-going skipped is reported by the exit code even if the reader closes the pipe', async () => {
  await stage.server.close()
  stage = await createStage({ count: 5000 })
  stage.standIn.fail({ provider: 'twilio', status: 404, times: 99 })
  const shell = `'${process.execPath}' '${command.path}' ${stage.args.join(' ')} --keep-going; echo "code $?" >&2`
  const { stderr } = await run('/bin/sh', ['-c', `{ ${shell}; } | head -n 1`], stage.env)
  expect(stderr).toMatch(/code 4\n$/)
})

describe('the participant', () => {
  test('can be an identity, which is looked up on Twilio only', async () => {
    const { code } = await run(
      process.execPath,
      [command.path, 'list', '--identity', 'ada', ...stage.args.slice(2)],
      stage.env,
    )
    expect(code).toBe(0)
    expect(stage.standIn.requests.map(({ url }) => new URL(url).searchParams.get('Identity'))).toEqual([
      'ada',
    ])
  })

  test('can be an identifier or an id, which is looked up on Bird only', async () => {
    const rest = stage.args.slice(2)
    for (const who of [
      ['--identifier', `phonenumber=${ADDRESS}`],
      ['--id', 'contact-1'],
    ]) {
      expect((await run(process.execPath, [command.path, 'list', ...who, ...rest], stage.env)).code).toBe(0)
    }
    expect(stage.standIn.requests[0]?.url).toContain('/participants/phonenumber/')
    expect(stage.standIn.requests.at(-1)?.url).toContain('/participants/contact-1/')
  })

  test('can be several forms, each of which is looked up wherever it can be', async () => {
    const { code, stderr } = await list([
      '--identity',
      'ada',
      '--email',
      'ada@example.com',
      '--id',
      'contact-1',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const asked = stage.standIn.requests.map(({ url }) => {
      const { pathname, searchParams } = new URL(url)
      const [, onBird] = /\/participants\/(.*)\/conversations$/.exec(pathname) ?? []
      return searchParams.get('Address') ?? searchParams.get('Identity') ?? decodeURIComponent(onBird ?? '')
    })
    expect([...new Set(asked)].sort()).toEqual(
      [
        ...[ADDRESS, `whatsapp:${ADDRESS}`, `rcs:${ADDRESS}`, 'ada', 'ada@example.com'],
        ...[`phonenumber/${ADDRESS}`, 'emailaddress/ada@example.com', 'contact-1'],
      ].sort(),
    )
  })

  test('is listed once if several of its forms have the same conversations', async () => {
    const once = idsIn((await list()).stdout)
    expect(new Set(once).size).toBe(260)
    const again = await list(['--address', ADDRESS, '--identifier', `phonenumber=${ADDRESS}`])
    expect(idsIn(again.stdout)).toEqual(once)
  })

  test('of whom a form cannot be looked up by any provider is refused', async () => {
    const { code, stdout, stderr } = await list(['--provider', 'bird', '--identity', 'ada'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^Error: bird: participant must have .*; got identity\n$/)
    expect(stage.standIn.requests).toEqual([])
  })
})

test('credentials can come from a file', async () => {
  const file = join(command.folder, 'some.env')
  await writeFile(
    file,
    `BIRD_ACCESS_KEY=${BIRD.accessKey}\nBIRD_WORKSPACE_ID=${BIRD.workspaceId}\nBIRD_CHANNEL_ID=${BIRD.channelId}\n`,
  )
  const { code, stdout } = await list(['--dotenv', file], { PATH: process.env.PATH })
  expect(code).toBe(0)
  expect(idsIn(stdout)).toHaveLength(130)
})

test('an error names a missing file for credentials', async () => {
  const { code, stderr } = await bare(['list', ADDRESS, '--dotenv', 'nowhere.env'])
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: "Error: Cannot read --dotenv: ENOENT: no such file or directory, open 'nowhere.env'\n",
  })
})

test.each(['--env-file', '--env-file-if-exists'])(
  'an error says what to pass instead of %s, which Node itself takes',
  async (option) => {
    const { code, stderr } = await bare(['list', ADDRESS, `${option}=/dev/null`])
    expect(code).toBe(2)
    expect(stderr).toContain('Pass --dotenv instead.')
  },
)

test('the demo needs no credentials and no network', async () => {
  const { code, stdout, stderr } = await bare(['list', '--demo'])
  expect(code).toBe(0)
  const listed = lines(stdout).map((line) => JSON.parse(line))
  // One of the chats is found by WhatsApp too.
  expect(new Set(listed.map(({ id }) => id)).size).toBe(66)
  const channels = listed.map(({ provider, channel }) => `${provider} ${channel.type ?? channel.id}`)
  expect(countsOf(channels)).toEqual({
    'twilio sms': 16,
    'twilio whatsapp': 13,
    'twilio chat': 7,
    'bird 00000000-0000-4000-8000-000000000002': 18,
    'bird 00000000-0000-4000-8000-000000000003': 12,
  })
  expect(new Set(listed.map(({ channel }) => channel.businessAddress))).toEqual(
    new Set(['+12025550100', null]),
  )
  expect(stderr).toBe(
    'This is a stand-in for both providers, not your accounts.\nRequests: 10, one per page.\n',
  )
})

test('the demo has a customer whom WhatsApp does not show by number', async () => {
  const { code, stdout } = await bare(['list', '--demo', 'whatsapp:US.13491208655302741918'])
  expect(code).toBe(0)
  const listed = lines(stdout).map((line) => JSON.parse(line))
  expect(countsOf(listed.map(({ provider }) => provider))).toEqual({ twilio: 3, bird: 2 })
  for (const { channel, participant } of listed) {
    expect(channel).toMatchObject({ type: 'whatsapp', businessAddress: '+12025550100' })
    expect(participant).toMatchObject({ address: 'US.13491208655302741918', channel: 'whatsapp' })
  }
})

test('--help prints the usage, and --version the version', async () => {
  const help = await bare(['list', '--help'])
  expect(help.code).toBe(0)
  for (const text of ['Examples:', 'Exit codes:', 'TWILIO_ACCOUNT_SID', '--checkpoint <file>']) {
    expect(help.stdout).toContain(text)
  }
  expect((await bare(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a full disk results in one message and its own exit code', async () => {
  const shell = `'${process.execPath}' '${command.path}' ${stage.args.join(' ')} > /dev/full`
  const { code, stderr } = await run('/bin/sh', ['-c', shell], stage.env)
  expect(code).toBe(8)
  expect(stderr).toMatch(/^Error: Cannot write the output: ENOSPC[^\n]*\n$/)
})

test('a closed stdout ends the command quietly', async () => {
  const child = spawn(process.execPath, [command.path, ...stage.args], {
    env: stage.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (data) => {
    stderr += data
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})
