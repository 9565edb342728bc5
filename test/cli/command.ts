import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import type { BirdConversationResource, TwilioParticipantConversation } from '../../src/index.ts'
import {
  createStandIn,
  type StandIn,
  sampleBirdConversations,
  sampleTwilioConversations,
} from '../../src/testing/index.ts'
import { type LocalServer, listen } from '../../src/testing/server.ts'
import { command } from '../../tsup.config.ts'
import { ADDRESS, BIRD, TWILIO } from '../support/example-accounts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: TWILIO.accountSid,
  TWILIO_AUTH_TOKEN: TWILIO.authToken,
  BIRD_ACCESS_KEY: BIRD.accessKey,
  BIRD_WORKSPACE_ID: BIRD.workspaceId,
  BIRD_CHANNEL_ID: BIRD.channelId,
}

/** The built command, as in the package. */
export interface BuiltCommand {
  readonly path: string
  /** A folder for the files of tests. */
  readonly folder: string
  remove(): Promise<void>
}

export async function buildCommandForTests(): Promise<BuiltCommand> {
  const folder = await mkdtemp(join(tmpdir(), 'participant-conversations-'))
  const dist = join(folder, 'dist')
  await mkdir(dist)
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), await readFile(join(root, 'package.json')))
  await build({
    ...command,
    entry: {
      ...command.entry,
      'undici-core': 'src/http/transport/undici-core.ts',
      undici: 'src/http/transport/undici.ts',
    },
    outDir: dist,
    config: false,
    silent: true,
  })
  return { path: join(dist, 'cli.js'), folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Both providers on loopback, with the arguments and environment for them. */
export interface Stage {
  readonly standIn: StandIn
  readonly server: LocalServer
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

export async function createStage({
  count = 130,
  twilio,
  bird,
}: {
  count?: number
  twilio?: TwilioParticipantConversation[]
  bird?: BirdConversationResource[]
} = {}): Promise<Stage> {
  const { channelId } = BIRD
  const standIn = createStandIn({
    twilio: { ...TWILIO, conversations: twilio ?? sampleTwilioConversations({ address: ADDRESS, count }) },
    bird: {
      ...BIRD,
      totalType: 'equal',
      conversations: bird ?? sampleBirdConversations({ address: ADDRESS, channelId, count }),
    },
  })
  const server = await listen(standIn.fetch)
  return {
    standIn,
    server,
    args: ['list', ADDRESS, '--twilio-url', server.url, '--bird-url', server.url],
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', NO_PROXY: '127.0.0.1', ...CREDENTIALS },
  }
}

export interface Outcome {
  /** The exit code, or the name of the signal that ended the process. */
  readonly code: number | NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end. `during` receives the process while it runs. */
export async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  during: (child: ChildProcess) => unknown = () => {},
): Promise<Outcome> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<Outcome['code']>((resolve) => child.on('close', (code, signal) => resolve(code ?? signal))),
    during(child),
  ])
  return { code, stdout, stderr }
}

/** Runs the command in a pseudo-terminal of a given width. Its stdout is what the terminal receives. */
export function runInTerminal(
  command: BuiltCommand,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  width: number,
  during?: (terminal: ChildProcess) => unknown,
): Promise<Outcome> {
  const line = [process.execPath, command.path, ...args].map((arg) => `'${arg}'`).join(' ')
  const shell = `stty cols ${width} rows 50; ${line}`
  const terminal = { ...env, TERM: 'xterm-256color', SHELL: '/bin/sh' }
  return run('script', ['-qec', shell, '/dev/null'], terminal, during)
}

export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

export const idsIn = (ndjson: string): string[] => lines(ndjson).map((line) => JSON.parse(line).id)
