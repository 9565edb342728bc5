import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fakeBirdConversation, fakeTwilioConversation } from '../../src/testing/index.ts'
import { BIRD } from '../support/example-accounts.ts'
import {
  type BuiltCommand,
  buildCommandForTests,
  createStage,
  lines,
  runInTerminal,
  type Stage,
} from './command.ts'

let command: BuiltCommand
let stage: Stage
beforeAll(async () => {
  command = await buildCommandForTests()
})
afterAll(() => command.remove())

const TITLES = [
  'Where is my order?',
  '注文した商品がまだ届きません、どうすればいいですか、教えてください',
  'Family 👨‍👩‍👧‍👦 and flags 🇨🇭🇯🇵',
  '',
  'A title that is much longer than the terminal is wide, and so has to be cut, whatever stands at its end',
]

const inTerminal = (args: readonly string[] = [], { width = 80, env = {} as NodeJS.ProcessEnv } = {}) =>
  runInTerminal(command, [...stage.args, ...args], { ...stage.env, ...env }, width)

/** What a terminal shows in the end, without cleared lines and colors. */
const shown = (stdout: string): string[] =>
  lines(stdout).map((line) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences start with one.
    (line.split('\r\x1b[K').at(-1) ?? '').replace(/\x1b\[[\d;]*m/g, '').replaceAll('\r', ''),
  )

const rowsOf = (stdout: string): string[] => shown(stdout).filter((line) => line !== '')

// This is the `script` of util-linux. That of BSD takes other options.
describe.skipIf(spawnSync('script', ['--version']).status !== 0)('on a terminal, the command', () => {
  beforeEach(async () => {
    stage = await createStage({
      twilio: TITLES.map((title) => fakeTwilioConversation({ conversation_friendly_name: title })),
      bird: [fakeBirdConversation({ channelId: BIRD.channelId, name: 'Refund' })],
    })
  })
  afterEach(() => stage.server.close())

  test.each([40, 60, 80, 120, 200])(
    'prints one table for both providers that fits a width of %i',
    async (width) => {
      const { code, stdout } = await inTerminal([], { width })
      const rows = rowsOf(stdout)
      expect(code).toBe(0)
      expect(rows[0]).toMatch(/^PROVIDER .*TITLE$/)
      // Other lines continue a title that is wrapped.
      const starts = rows.map((row) => row.slice(0, 6).trim()).filter((start) => start !== '')
      expect(starts).toEqual(['PROVID', ...Array(5).fill('twilio'), 'bird'])
      for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(width)
    },
  )

  test.each([40, 60])(
    'wraps titles between words at a width of %i, onto three lines at most',
    async (width) => {
      await stage.server.close()
      stage = await createStage({
        twilio: [fakeTwilioConversation({ conversation_friendly_name: TITLES.at(-1) ?? '' })],
      })
      const args = ['--provider', 'twilio', '--columns', 'status,title', '--no-header']
      const { stdout } = await inTerminal(args, { width })
      const title = rowsOf(stdout).map((row) => row.slice(10))
      expect(title.length).toBeGreaterThan(1)
      expect(title.length).toBeLessThanOrEqual(3)
      const words = new Set(TITLES.join(' ').split(' '))
      for (const word of title.join(' ').replace('…', '').split(' ')) expect(words).toContain(word)
    },
  )

  test.each([40, 60])('wraps the help between words at a width of %i', async (width) => {
    const wide = await runInTerminal(command, ['help', 'list'], stage.env, 1000)
    const words = new Set(wide.stdout.split(/\s+/))
    const { stdout } = await runInTerminal(command, ['help', 'list'], stage.env, width)
    for (const line of rowsOf(stdout)) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    for (const word of stdout.split(/\s+/)) expect(words).toContain(word)
  })

  test('prints times in the zone of the machine, or in UTC with --utc', async () => {
    await stage.server.close()
    const date = '2026-01-15T23:30:00Z'
    stage = await createStage({ twilio: [fakeTwilioConversation({ conversation_date_updated: date })] })
    const args = ['--provider', 'twilio', '--columns', 'updatedAt', '--no-header']
    const shownIn = async (TZ: string, ...more: string[]): Promise<string[]> =>
      rowsOf((await inTerminal([...args, ...more], { env: { TZ } })).stdout)
    expect(await shownIn('Asia/Kolkata')).toEqual(['2026-01-16 05:00+05:30'])
    expect(await shownIn('America/New_York')).toEqual(['2026-01-15 18:30-05'])
    expect(await shownIn('UTC')).toEqual(['2026-01-15 23:30Z'])
    expect(await shownIn('Asia/Kolkata', '--utc')).toEqual(['2026-01-15 23:30Z'])
    for (const TZ of ['Asia/Kolkata', 'America/New_York']) {
      const csv = await inTerminal([...args, '-o', 'csv'], { env: { TZ } })
      expect(rowsOf(csv.stdout)).toEqual(['2026-01-15T23:30:00.000Z'])
      const json = await inTerminal(['--provider', 'twilio', '--json', 'updatedAt'], { env: { TZ } })
      expect(rowsOf(json.stdout).join('')).toContain('"updatedAt": "2026-01-15T23:30:00.000Z"')
    }
  })

  test('says what it is doing before the first page, and removes that before it prints', async () => {
    const { stdout } = await inTerminal()
    expect(stdout).toContain('Requesting conversations from Twilio and Bird…\r\x1b[K')
    expect(shown(stdout).join('\n')).not.toContain('Requesting')
  })

  test('says for how long it waits before a retry, and why', async () => {
    stage.standIn.fail({ provider: 'twilio', status: 429, retryAfter: 20, times: 9 })
    const args = [...stage.args, '--provider', 'twilio']
    const waiting = 'Waiting 20 s: 429 from Twilio'
    const { stdout } = await runInTerminal(command, args, stage.env, 80, (terminal) => {
      let output = ''
      terminal.stdout?.on('data', (data) => {
        output += data
        if (output.includes(waiting)) terminal.kill()
      })
    })
    expect(stdout).toContain(waiting)
  })

  test('shows no progress and no notes with --quiet, but errors', async () => {
    const quiet = await inTerminal(['--quiet', '-o', 'csv'])
    expect(quiet.stdout).not.toContain('\x1b')
    const demo = await runInTerminal(command, ['list', '--demo', '-q', '--limit', '0'], stage.env, 80)
    expect(demo).toMatchObject({ code: 0, stdout: '' })
    stage.standIn.fail({ provider: 'twilio', status: 401 })
    const failed = await inTerminal(['--quiet'])
    expect(failed.code).toBe(3)
    expect(failed.stdout).toMatch(/^Error: Twilio returned 401/)
  })

  test('aligns columns after wide characters and emoji', async () => {
    const { stdout } = await inTerminal(['--columns', 'title,status', '--no-header'], { width: 60 })
    const starts = shown(stdout)
      .map((line) => /^(.*\s)(active|closed|inactive|deleted)$/.exec(line)?.[1])
      .flatMap((before) => (before === undefined ? [] : stringWidth(before)))
    expect(starts).toHaveLength(6)
    expect(new Set(starts).size).toBe(1)
  })

  test('prints colors unless NO_COLOR is set or FORCE_COLOR turns them off', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it starts a color.
    const color = /\x1b\[\d+m/
    expect((await inTerminal()).stdout).toMatch(color)
    for (const env of [{ NO_COLOR: '1' }, { FORCE_COLOR: '0' }, { FORCE_COLOR: 'false' }]) {
      expect((await inTerminal([], { env })).stdout).not.toMatch(color)
    }
  })

  test('shows the progress, with a percentage if the provider reports a total', async () => {
    await stage.server.close()
    stage = await createStage({ count: 130 })
    const { stdout } = await inTerminal(['--provider', 'bird', '-o', 'csv'])
    expect(stdout).toMatch(/100 of 130 \(76%\) conversations, 1 page, [\d,]+\/s/)
    expect((await inTerminal(['--provider', 'twilio', '-o', 'csv'])).stdout).toMatch(
      /50 conversations, 1 page,/,
    )
  })

  test('shows no percentage of what it continues, where it would never reach 100', async () => {
    await stage.server.close()
    stage = await createStage({ count: 130 })
    const args = ['--provider', 'bird', '-o', 'csv', '--checkpoint', join(command.folder, 'place.json')]
    await inTerminal([...args, '--limit', '100'])
    const { stdout } = await inTerminal(args)
    expect(stdout).toContain('\r\x1b[K30 conversations, 1 page')
  })

  test('prints indented JSON, whose lines the progress does not remove', async () => {
    await stage.server.close()
    stage = await createStage({ count: 30 })
    const { stdout } = await inTerminal(['--page-size', '10', '--json', 'id'])
    // Three of SMS conversations, one each for WhatsApp and RCS, which are empty, and three from Bird.
    expect(stdout).toContain('60 conversations, 8 pages')
    const json = rowsOf(stdout)
    expect(json.slice(0, 4)).toEqual(['[', '  {', expect.stringMatching(/^ {4}"id": "CH/), '  },'])
    expect(JSON.parse(json.join('\n'))).toHaveLength(60)
  })

  test.each(['csv', 'json'])(
    "does not obey the provider's control characters as %s with --raw",
    async (format) => {
      await stage.server.close()
      stage = await createStage({
        twilio: [fakeTwilioConversation({ conversation_friendly_name: 'a\x1b]0;owned\x07b' })],
      })
      const { code, stdout } = await inTerminal(['--provider', 'twilio', '-o', format, '--raw'])
      expect(code).toBe(0)
      expect(stdout).toContain('owned')
      expect(stdout).not.toContain('\x1b]')
    },
  )

  test('clears the progress at the end', async () => {
    const { stdout } = await inTerminal()
    expect(stdout.trimEnd().endsWith('\x1b[K')).toBe(true)
  })
})
