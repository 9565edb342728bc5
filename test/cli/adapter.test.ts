import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ADDRESS } from '../support/example-accounts.ts'
import {
  type BuiltCommand,
  buildCommandForTests,
  createStage,
  idsIn,
  lines,
  type Outcome,
  run,
} from './command.ts'

/**
 * A module with `create(name, prefix)`: a provider that is written by hand, with five conversations on pages of two. Like
 * adapters of other people, it imports nothing of this package.
 */
const EXAMPLE = `
const fields = {
  title: null, uniqueName: null, description: null, serviceId: null, participant: null, participants: [],
  channel: { id: null, type: 'chat', businessAddress: null }, participantCount: { active: null, pending: null },
  createdBy: null, createdAt: null, updatedAt: null, lastMessage: null, timers: { inactiveAt: null, closedAt: null },
  attributes: {},
}
export function create(name = 'example', prefix = '') {
  return {
    name,
    scope: 'account-1',
    capabilities: { maxPageSize: 2, statusFilter: 'none', statuses: ['active', 'closed'] },
    async listPage({ participant, pageToken }) {
      const all = [1, 2, 3, 4, 5].map((number) => {
        const id = prefix + number
        return { ...fields, id, provider: name, status: 'active', raw: { number, of: participant } }
      })
      const start = Number(pageToken ?? 0)
      const nextPageToken = start + 2 < all.length ? String(start + 2) : null
      return { items: all.slice(start, start + 2), nextPageToken, requestId: null, total: null }
    },
  }
}
`
const IMPORT = `import { create } from './example.mjs'\n`

let command: BuiltCommand
let folder: string
beforeAll(async () => {
  command = await buildCommandForTests()
})
afterAll(() => command.remove())
beforeEach(async () => {
  folder = await mkdtemp(join(command.folder, 'project-'))
  await write({
    'example.mjs': EXAMPLE,
    'front.mjs': `${IMPORT}export default create('front', 'f')`,
    'sinch.mjs': `${IMPORT}export const sinch = async () => create('sinch', 's')`,
  })
})

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

/** Runs the command in the folder of the test. */
const runIn = (env: NodeJS.ProcessEnv, path: string, ...args: string[]): Promise<Outcome> =>
  run('/bin/sh', ['-c', 'cd "$0" && exec "$@"', folder, process.execPath, path, ...args], {
    PATH: process.env.PATH,
    ...env,
  })

const list = (...args: string[]): Promise<Outcome> => runIn({}, command.path, 'list', ...args)

const ids = (prefix: string): string[] => [1, 2, 3, 4, 5].map((number) => prefix + number)

describe('an adapter', () => {
  test.each([
    ['the default export', 'export default create("example", "f")'],
    ['the only export', 'export const provider = create("example", "f")'],
    ['a function', 'export default () => create("example", "f")'],
    ['an async function', 'export const example = async () => create("example", "f")'],
    ['a provider among functions', 'export function help() {}\nexport const one = create("example", "f")'],
    ['the default export among others', 'export { create }\nexport default create("example", "f")'],
  ])('can be %s of an ES module', async (_what, code) => {
    await write({ 'adapter.mjs': IMPORT + code })
    const { code: exitCode, stdout, stderr } = await list('--id', '1', '--adapter', './adapter.mjs')
    expect({ exitCode, stderr, ids: idsIn(stdout) }).toEqual({ exitCode: 0, stderr: '', ids: ids('f') })
  })

  test.each([
    ['the whole of it', 'module.exports = create("example", "f")'],
    ['a function', 'module.exports = () => create("example", "f")'],
    ['its only export', 'exports.example = () => create("example", "f")'],
    [
      'the default export of a compiled ES module',
      'Object.defineProperty(exports, "__esModule", { value: true }); exports.create = create; exports.default = create("example", "f")',
    ],
  ])('can be %s of a CommonJS module', async (_what, code) => {
    await write({ 'adapter.cjs': `${EXAMPLE.replace('export', '')}\n${code}` })
    const { stdout, stderr } = await list('--id', '1', '--adapter', './adapter.cjs')
    expect({ stderr, ids: idsIn(stdout) }).toEqual({ stderr: '', ids: ids('f') })
  })

  test('can be named by a path, a file URL or a package that is installed in the working directory', async () => {
    const installed = 'node_modules/conversations-front'
    await write({
      'a folder/50% #1.mjs': `export { default } from '../front.mjs'`,
      [`${installed}/package.json`]: JSON.stringify({ type: 'module', exports: './index.js' }),
      [`${installed}/index.js`]: `export { default } from '../../front.mjs'`,
    })
    for (const module of [
      'front.mjs',
      join(folder, 'front.mjs'),
      'a folder/50% #1.mjs',
      pathToFileURL(join(folder, 'front.mjs')).href,
      'conversations-front',
    ]) {
      expect([module, idsIn((await list('--id', '1', '--adapter', module)).stdout)]).toEqual([
        module,
        ids('f'),
      ])
    }
  })

  test('can be a package for `import` alone if the command is installed beside it', async () => {
    const installed = 'node_modules/conversations-front'
    const own = join(folder, 'node_modules/participant-conversations')
    await write({
      [`${installed}/package.json`]: JSON.stringify({ exports: { import: './index.mjs' } }),
      [`${installed}/index.mjs`]: `export { default } from '../../front.mjs'`,
    })
    const args = ['list', '--id', '1', '--adapter', 'conversations-front']
    const { code, stderr } = await runIn({}, command.path, ...args)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('Pass the path of its file instead.'),
    })
    await cp(join(command.folder, 'dist'), join(own, 'dist'), { recursive: true })
    await cp(join(command.folder, 'package.json'), join(own, 'package.json'))
    expect(idsIn((await runIn({}, join(own, 'dist/cli.js'), ...args)).stdout)).toEqual(ids('f'))
  })

  test('reads its options from the environment and --dotenv', async () => {
    await write({
      'front.mjs': `${IMPORT}export default () => create('front', process.env.FRONT_PREFIX)`,
      '.env': 'FRONT_PREFIX=e',
    })
    const { stdout } = await list('--id', '1', '--adapter', './front.mjs', '--dotenv', '.env')
    expect(idsIn(stdout)).toEqual(ids('e'))
  })

  test('receives every form of participant', async () => {
    const args = [ADDRESS, '--email', 'jo@example.com', '--identity', 'jo', '--id', '1']
    const { stdout } = await list(...args, '--adapter', './front.mjs', '--raw')
    expect(lines(stdout).map((line) => JSON.parse(line).of)).toContainEqual({ phone: ADDRESS })
    const identifier = await list('--identifier', 'key=value', '--adapter', './front.mjs', '--raw')
    expect(JSON.parse(lines(identifier.stdout)[0] ?? '').of).toEqual({
      identifierKey: 'key',
      identifierValue: 'value',
    })
  })
})

describe('the command lists', () => {
  test('adapters alone, even if the credentials of others are set', async () => {
    const env = { TWILIO_ACCOUNT_SID: 'AC', BIRD_ACCESS_KEY: 'key' }
    const args = ['list', '--id', '1', '--adapter', './front.mjs', '--adapter', 'sinch.mjs']
    const { stdout, stderr } = await runIn(env, command.path, ...args)
    expect({ stderr, ids: idsIn(stdout) }).toEqual({ stderr: '', ids: [...ids('f'), ...ids('s')] })
  })

  test('the built-in providers that --provider names, and then the adapters', async () => {
    const { server, args, env } = await createStage({ count: 3 })
    await using _server = server
    const { stdout } = await runIn(
      env,
      command.path,
      ...args,
      ...['--adapter', './front.mjs', '--provider', 'twilio'],
    )
    const providers = lines(stdout).map((line) => JSON.parse(line).provider)
    expect(providers).toEqual([...Array(3).fill('twilio'), ...Array(5).fill('front')])
  })

  test('one table for adapters, with their names as a whole', async () => {
    await write({ 'long.mjs': `${IMPORT}export default create('conversations-eu', 'c')` })
    const args = ['--id', '1', '--adapter', './front.mjs', '--adapter', './long.mjs']
    const { stdout } = await list(...args, '-o', 'table', '--columns', 'provider,channel,title')
    expect(lines(stdout).slice(0, 2)).toEqual([
      'PROVIDER          CHANNEL    TITLE',
      'front             chat       -',
    ])
    expect(lines(stdout).at(-1)).toBe('conversations-eu  chat       -')
  })

  test('columns and raw objects of adapters', async () => {
    const csv = await list('--id', '1', '--adapter', './front.mjs', '-o', 'csv', '--columns', 'provider,id')
    expect(csv.stdout).toMatch(/^provider,id\r\nfront,f1\r\n/)
    await write({
      'bare.mjs': `${IMPORT}const { listPage, ...one } = create()
        export default { ...one, listPage: async () => ({ items: [{ id: '1' }] }) }`,
    })
    expect(await list('--id', '1', '--adapter', './bare.mjs', '--raw')).toMatchObject({ stdout: 'null\n' })
    const csvOf = ['-o', 'csv', '--columns', 'id,channel']
    const incomplete = await list('--id', '1', '--adapter', './bare.mjs', ...csvOf)
    expect(incomplete).toMatchObject({ code: 7, stderr: expect.stringContaining('completeConversation()') })
  })

  test('what is left of several adapters after a checkpoint or a cursor', async () => {
    const args = ['--id', '1', '--adapter', './front.mjs', '--adapter', './sinch.mjs', '--limit', '6']
    const checkpointed = [...args, '--checkpoint', 'place.json']
    expect(idsIn((await list(...checkpointed)).stdout)).toEqual([...ids('f'), 's1'])
    expect(idsIn((await list(...checkpointed)).stdout)).toEqual(['s2', 's3', 's4', 's5'])

    await write({
      'broken.mjs': `${IMPORT}export default {
        ...create('broken'), async listPage() { throw new Error('out of order') } }`,
    })
    const broken = ['--id', '1', '--adapter', './front.mjs', '--adapter', './broken.mjs']
    const { code, stdout, stderr } = await list(...broken)
    expect({ code, ids: idsIn(stdout) }).toEqual({ code: 7, ids: ids('f') })
    expect(stderr).toContain(
      'To continue: participant-conversations list --id 1 --adapter ./front.mjs --adapter ./broken.mjs --cursor',
    )
    const kept = await list(...broken, '--keep-going')
    expect(kept).toMatchObject({ code: 7, stderr: expect.stringContaining('on broken are missing.') })
  })
})

describe('an adapter is refused before anything is printed', () => {
  const isRefused = async (args: readonly string[], message: string): Promise<void> => {
    const { code, stdout, stderr } = await list('--id', '1', ...args)
    expect(stderr).toContain(message)
    expect({ code, stdout, lines: lines(stderr).length }).toEqual({ code: 2, stdout: '', lines: 1 })
  }

  test.each([
    ['exports nothing', '', 'exports no provider. Its default export, or its only one, must be a provider'],
    ['exports something else', 'export default { name: "example" }', 'exports no provider.'],
    [
      'exports several functions',
      'export const front = () => {}; export const sinch = () => {}',
      'has no default export, and any of these may be meant: front, sinch.',
    ],
    [
      'returns no provider',
      'export default () => {}',
      'The default export of ./adapter.mjs returned undefined',
    ],
    ['needs arguments', 'export const front = ({ token }) => token', 'It is called without arguments:'],
    ['throws', 'throw new Error("FRONT_TOKEN is missing")', './adapter.mjs: FRONT_TOKEN is missing. To see'],
    ['is no JavaScript', 'export defult 1', 'Cannot load --adapter ./adapter.mjs:'],
    ['imports what is not there', 'import "missing-package"', 'Install what it imports,'],
    [
      'has no scope',
      `${IMPORT}export default { ...create(), scope: undefined }`,
      'provider.scope must be a string',
    ],
  ])('if it %s', async (_what, code, message) => {
    await write({ 'adapter.mjs': code })
    await isRefused(['--adapter', './adapter.mjs'], message)
  })

  test('if there is no such file or package', async () => {
    const advice = `Check the path, or install the package in ${folder}.`
    for (const module of ['./missing.mjs', 'missing', 'file:///missing.mjs', 'fs', '']) {
      await isRefused(['--adapter', module], advice)
    }
  })

  test('if Node does not run the file', async () => {
    await write({ 'adapter.unknown': '' })
    await isRefused(['--adapter', './adapter.unknown'], 'Compile it to JavaScript.')
  })

  test('with the message of a ConfigurationError, of whatever copy of the library, and nothing else', async () => {
    await write({
      'adapter.mjs': `class ConfigurationError extends Error {}
        const marks = ['ConversationsError', 'ConfigurationError'].map((name) => 'participant-conversations.' + name)
        for (const mark of marks) ConfigurationError.prototype[Symbol.for(mark)] = true
        export default () => { throw new ConfigurationError('front(): accessToken is missing') }`,
    })
    const { code, stderr } = await list('--id', '1', '--adapter', './adapter.mjs')
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'Error: front(): accessToken is missing\n' })
  })

  test('if it can look up none of the participants', async () => {
    await write({
      'adapter.mjs': `class Unsupported extends Error {}
        for (const name of ['ConversationsError', 'UnsupportedParticipantError'])
          Unsupported.prototype[Symbol.for('participant-conversations.' + name)] = true
        ${IMPORT}
        export default { ...create(), lookups() { throw new Unsupported('example: participant must have an address') } }`,
    })
    const args = ['--adapter', './front.mjs', '--adapter', './adapter.mjs']
    await isRefused(args, 'example: participant must have an address')
  })

  test('with --demo, and with options of providers that are not listed', async () => {
    await isRefused(['--adapter', './front.mjs', '--demo'], '--adapter and --demo cannot be combined')
    await write({ 'twilio.mjs': `${IMPORT}export default create('twilio')` })
    await isRefused(['--adapter', './twilio.mjs', '--service-sid', 'IS1'], '--service-sid has no effect')
  })
})
