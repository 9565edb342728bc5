import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './packed.ts'

/** What is called in a consumer: functions, types, errors, methods, and properties, inherited ones among them. */
const names = [
  ...['listParticipantConversations', 'twilio', 'bird', 'defineProvider', 'TwilioOptions'],
  ...['authToken', 'timeoutMs', 'pageSize', 'toArray', 'updatedAt', 'conversation_sid', 'isRetryable'],
]

interface Location {
  readonly file: string
  /** Counted from 1. */
  readonly start: { readonly line: number; readonly offset: number }
}

/** An editor's Go to Definition leads from each name to its declaration in `src`, as TypeScript's server finds it. */
export async function checkDefinitions(project: string): Promise<void> {
  const server = startServer(project)
  try {
    const code = await readFile(join(project, 'definitions.mts'), 'utf8')
    for (const consumer of ['definitions.mts', 'definitions.cts']) {
      const file = join(project, consumer)
      await writeFile(file, code)
      server.send('open', { file })
      for (const name of names) {
        const before = code.slice(0, code.lastIndexOf(name)).split('\n')
        const place = { line: before.length, offset: (before.at(-1)?.length ?? 0) + 1 }
        const found = await server.ask('definition', { file, ...place })
        await checkLocations(`${name} in ${consumer}`, name, found)
      }
    }
  } finally {
    server.stop()
  }
}

async function checkLocations(what: string, name: string, found: readonly Location[]): Promise<void> {
  const [location, ...more] = found
  if (location === undefined || more.length > 0) throw new Error(`${what} has ${found.length} definitions`)
  const { file, start } = location
  const line = (await readFile(file, 'utf8')).split('\n')[start.line - 1] ?? ''
  if (
    !/\/participant-conversations\/src\/.+\.ts$/.test(file) ||
    !line.slice(start.offset - 1).startsWith(name)
  ) {
    throw new Error(`${what} leads to ${file}:${start.line}:${start.offset}: ${line}`)
  }
}

interface EditorServer {
  send(command: string, args: object): number
  ask(command: string, args: object): Promise<readonly Location[]>
  stop(): void
}

/** The server behind the editors takes one request in a line, and answers in lines of JSON between its headers. */
function startServer(cwd: string): EditorServer {
  const tsserver = join(root, 'node_modules', 'typescript', 'lib', 'tsserver.js')
  const child = spawn(process.execPath, [tsserver, '--disableAutomaticTypingAcquisition'], { cwd })
  const waiting = new Map<number, (locations: readonly Location[]) => void>()
  createInterface(child.stdout).on('line', (line) => {
    if (!line.startsWith('{')) return
    const message: { request_seq?: number; body?: readonly Location[] } = JSON.parse(line)
    waiting.get(message.request_seq ?? 0)?.(message.body ?? [])
  })
  let seq = 0
  const send = (command: string, args: object): number => {
    seq += 1
    child.stdin.write(`${JSON.stringify({ seq, type: 'request', command, arguments: args })}\n`)
    return seq
  }
  return {
    send,
    ask: (command, args) => new Promise((resolve) => waiting.set(send(command, args), resolve)),
    stop: () => child.kill(),
  }
}
