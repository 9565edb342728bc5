import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADDRESS } from '../support/example-accounts.ts'
import { type BuiltCommand, buildCommandForTests, CREDENTIALS, idsIn, run } from './command.ts'

let command: BuiltCommand
beforeAll(async () => {
  command = await buildCommandForTests()
})
afterAll(() => command.remove())

const root = fileURLToPath(new URL('../..', import.meta.url))
const start = [`${root}/node_modules/tsx/dist/cli.mjs`, `${root}/examples/start.ts`]
const env = (variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, ...variables })

const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, BIRD_ACCESS_KEY } = CREDENTIALS
const HALVES = [
  [{ TWILIO_ACCOUNT_SID }, ['Twilio  TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)']],
  [{ TWILIO_API_KEY: 'SK1' }, ['Twilio  TWILIO_ACCOUNT_SID, TWILIO_API_SECRET']],
  [{ BIRD_ACCESS_KEY }, ['Bird    BIRD_WORKSPACE_ID, BIRD_CHANNEL_ID']],
  [{ BIRD_CHANNEL_ID: 'c1' }, ['Bird    BIRD_ACCESS_KEY, BIRD_WORKSPACE_ID']],
  [{ BIRD_API_KEY: 'k' }, ['Bird    BIRD_ACCESS_KEY,', 'BIRD_API_KEY is set: rename it to BIRD_ACCESS_KEY.']],
  [
    { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, BIRD_ACCESS_KEY },
    ['Bird    BIRD_WORKSPACE_ID', 'To list Twilio alone, pass --provider twilio.'],
  ],
] as const

describe('with incomplete credentials', () => {
  test.each(HALVES)('the command names what is missing: %j', async (variables, messages) => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      [command.path, 'list', ADDRESS],
      env(variables),
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    for (const message of messages) expect(stderr).toContain(message)
    expect(stderr).toContain(
      'To try the command without credentials: participant-conversations list --demo\n',
    )
  })

  test.each(HALVES)(
    'npm start names what is missing, and how to see the demo: %j',
    async (variables, messages) => {
      const { code, stdout, stderr } = await run(process.execPath, start, env(variables))
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      for (const message of messages) expect(stderr).toContain(message)
      expect(stderr).toContain('To try the command without credentials: npm start -- --demo\n')
    },
  )
})

test('npm start lists no stand-in for a provider that is named', async () => {
  const { code, stdout } = await run(process.execPath, [...start, '--provider', 'twilio'], env({}))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('without credentials, the command names them, and npm start lists the stand-in', async () => {
  const none = await run(process.execPath, [command.path, 'list', ADDRESS], env({}))
  expect(none.code).toBe(2)
  expect(none.stderr).toMatch(
    /^Error: No credentials found\..*\n {2}Twilio .*\n {2}Bird .*\nTo try the command/,
  )
  const demo = await run(process.execPath, [...start, '--limit', '3'], env({}))
  expect({ code: demo.code, ids: idsIn(demo.stdout).length }).toEqual({ code: 0, ids: 3 })
})

test('a wrong base URL is refused without showing the password in it', async () => {
  const args = ['list', ADDRESS, '--provider', 'twilio', '--twilio-url', 'https://user:pass-word@example.com']
  const { code, stderr } = await run(process.execPath, [command.path, ...args], env(CREDENTIALS))
  expect(code).toBe(2)
  expect(stderr).toContain('--twilio-url must be an https URL')
  expect(stderr).not.toContain('pass-word')
})
