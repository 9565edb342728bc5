import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const INBOX = fileURLToPath(new URL('../..', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

/** Starts the server as a user does, and waits until it says something that matches. */
function start(env: Record<string, string>, pattern: RegExp): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: INBOX,
    env: { PATH: process.env.PATH, ...env },
  })
  children.push(child)
  let said = ''
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk
      const match = pattern.exec(said)
      if (match) resolve(match[1] ?? match[0])
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('close', () => reject(new Error(`It ended, and said only: ${said}`)))
  })
}

test('without credentials it serves the stand-in, and says so and where', async () => {
  const url = await start({ PORT: '0' }, /with a stand-in for Twilio and Bird .*(http:\/\/127\.0\.0\.1:\d+)/)

  const info = await fetch(`${url}/api/inbox`)

  expect(await info.json()).toMatchObject({ providers: ['twilio', 'bird'] })
})

test('with credentials it serves the real providers', async () => {
  const env = {
    PORT: '0',
    BIRD_ACCESS_KEY: 'key-for-tests',
    BIRD_WORKSPACE_ID: '00000000-0000-4000-8000-000000000001',
    BIRD_CHANNEL_ID: '00000000-0000-4000-8000-000000000002',
  }
  const url = await start(env, /The inbox of Bird: (http:\S+)/)

  const info = await fetch(`${url}/api/inbox`)

  expect(await info.json()).toMatchObject({ providers: ['bird'], customers: null })
})

test('with half of the credentials it names what is missing', async () => {
  await start({ PORT: '0', BIRD_ACCESS_KEY: 'key-for-tests' }, /BIRD_WORKSPACE_ID/)
})

test('where the secret is too short, or the port is not a number, it says so instead of listening', async () => {
  await start({ PORT: '0', CURSOR_SECRET: 'short' }, /^CURSOR_SECRET must have at least 32 characters/)
  await start({ PORT: 'abc' }, /^PORT must be a number from 0 to 65535; got "abc"/)
})

test('where a setting is wrong it says so instead of listening', async () => {
  const env = { PORT: '0', BIRD_ACCESS_KEY: 'key', BIRD_WORKSPACE_ID: '00000000-0000-4000-8000-000000000001' }
  const names = { BIRD_CHANNEL_ID: '00000000-0000-4000-8000-000000000002', BIRD_CHANNEL_NAMES: 'Help desk' }
  await start({ ...env, ...names }, /^BIRD_CHANNEL_NAMES must be ids and names/)
})

test('an empty secret is a missing one', async () => {
  const url = await start({ PORT: '0', CURSOR_SECRET: '' }, /(http:\/\/127\.0\.0\.1:\d+)/)

  const page = await fetch(`${url}/api/conversations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ addresses: ['+12025550123'], cursor: null }),
  })

  expect(page.status).toBe(200)
})

test('what a script of the inbox runs is ended with the script', async () => {
  const program = 'console.log("running"); setTimeout(() => {}, 60_000)'
  const script = `import { run } from './scripts/set-up.ts'
    await run(process.execPath, ['--eval', ${JSON.stringify(program)}], '.').catch(console.log)`
  const args = ['--import', 'tsx', '--input-type', 'module', '--eval', script]
  const child = spawn(process.execPath, args, { cwd: INBOX, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stdout.once('data', () => child.kill('SIGTERM'))
  await once(child, 'close')

  expect(said).toMatch(/^running\n.* ended with SIGTERM/)
})

test('where the port is taken it says what to do', async () => {
  const url = await start({ PORT: '0' }, /(http:\/\/127\.0\.0\.1:\d+)/)

  await start({ PORT: new URL(url).port }, /Set PORT to another one/)
})
