import { execFile } from 'node:child_process'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../package/packed.ts'
import { BIRD, TWILIO } from '../support/example-accounts.ts'
import { type Block, placeOf } from './blocks.ts'

const execute = promisify(execFile)

/** What was done about one command of a shell block. */
export interface CheckedCommand {
  readonly place: string
  readonly command: string
  readonly kind: string
  readonly problem: string | null
}

/** Each command of a shell block, one to a line. Those of the library run; of the others the names are checked. */
export async function checkShellBlock(block: Block): Promise<CheckedCommand[]> {
  const checked: CheckedCommand[] = []
  for (const [index, line] of block.code.split('\n').entries()) {
    const place = placeOf({ ...block, line: block.line + index })
    for (const command of line.replace(/(^|\s)#.*$/, '').split('&&')) {
      if (command.trim() !== '')
        checked.push({ place, command: command.trim(), ...(await check(command.trim())) })
    }
  }
  return checked
}

type Verdict = Pick<CheckedCommand, 'kind' | 'problem'>

async function check(command: string): Promise<Verdict> {
  const verdict = (kind: string, problem: string | null = null): Verdict => ({ kind, problem })
  if (/^(npx )?participant-conversations\b/.test(command)) return verdict('run', await runCommand(command))
  const [, script] = /^(?:\w+=\S+ )*npm (?:run )?([\w:-]+)/.exec(command) ?? []
  if (script !== undefined) return verdict('npm', await problemWithScript(script))
  const [, path] = /^(?:bash|npx tsx|node) (\S+)/.exec(command) ?? []
  if (path !== undefined) return verdict('file', await problemWithFile(path))
  if (command.startsWith('export ')) return verdict('variables', await problemWithVariables(command))
  if (/^(git |npx @changesets\/cli@\d+ )/.test(command)) return verdict('other tool')
  return verdict('unknown', 'nobody knows this command: test/docs/shell.ts says which are known')
}

const ownCommands = new Set(['ci', 'install', 'test', 'start'])

async function problemWithScript(name: string): Promise<string | null> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  return ownCommands.has(name) || Object.hasOwn(scripts, name) ? null : `package.json has no script ${name}`
}

async function problemWithFile(path: string): Promise<string | null> {
  return access(join(root, path)).then(
    () => null,
    () => `${path} is not there`,
  )
}

/** The sources read each variable. */
async function problemWithVariables(command: string): Promise<string | null> {
  const sources = ['twilio/options', 'twilio/credentials', 'bird/options'].map((name) =>
    readFile(join(root, `src/providers/${name}.ts`), 'utf8'),
  )
  const code = (await Promise.all(sources)).join()
  const names = Array.from(command.matchAll(/\s(\w+)=/g), ([, name = '']) => name)
  const unknown = names.filter((name) => !code.includes(`'${name}'`))
  return unknown.length === 0 ? null : `the library does not read ${unknown.join(', ')}`
}

/** What `--adapter ./front.mjs` loads: a provider without conversations, in place of the one that the guide shows. */
const ADAPTER = `export default {
  name: 'front',
  scope: '',
  capabilities: { maxPageSize: 1, statusFilter: 'none', statuses: ['active'] },
  listPage: async () => ({ items: [], nextPageToken: null, requestId: null, total: null }),
}`

/** Runs a command of the library in a folder with an adapter. The stand-in answers for both providers. */
async function runCommand(command: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'participant-conversations-'))
  const imports = ['node_modules/tsx/dist/esm/index.mjs', 'test/support/stand-in-process.ts']
  const program = [
    'node',
    ...imports.map((path) => `--import=${join(root, path)}`),
    join(root, 'src/cli/index.ts'),
  ]
  const shims = [
    'set -euo pipefail',
    `participant-conversations() { ${program.join(' ')} "$@"; }`,
    'npx() { "$@"; }',
  ]
  const { PATH = '' } = process.env
  try {
    await writeFile(join(folder, 'command.sh'), [...shims, command].join('\n'))
    await writeFile(join(folder, 'front.mjs'), ADAPTER)
    await execute('bash', ['command.sh'], {
      cwd: folder,
      env: { PATH, NODE_NO_WARNINGS: '1', ...credentials() },
    })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function credentials(): Record<string, string> {
  return {
    TWILIO_ACCOUNT_SID: TWILIO.accountSid,
    TWILIO_AUTH_TOKEN: TWILIO.authToken,
    BIRD_ACCESS_KEY: BIRD.accessKey,
    BIRD_WORKSPACE_ID: BIRD.workspaceId,
    BIRD_CHANNEL_ID: BIRD.channelId,
  }
}
