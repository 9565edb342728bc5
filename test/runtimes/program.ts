import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { serveExample } from '../package/example-server.ts'
import { entries } from '../package/exports.ts'
import { ADDRESS, BIRD, COUNT, TWILIO } from '../support/example-accounts.ts'
import { serveFaults } from './fault-server.ts'

const execute = promisify(execFile)

/** What sends the library's requests: undici's `request()`, or the runtime's own `fetch`. */
export type TransportName = 'undici' | 'fetch'

/** A command that runs the scenario. Its last argument are the settings; it prints a result for each entry. */
export interface Program {
  /** The runtime, and the form of the modules or the bundler. */
  readonly name: string
  readonly version: string
  readonly transport: TransportName
  readonly cwd: string
  /** Run before it, one after the other. */
  readonly preparations: readonly (readonly string[])[]
  readonly command: readonly string[]
}

export interface Outcome {
  readonly program: Program
  /** `ok` for each entry, or what was wrong. */
  readonly results: Readonly<Record<string, string>>
}

/** Runs a program against a stand-in of its own, and looks at what sent the requests. */
export async function runProgram(program: Program): Promise<Outcome> {
  const arrived = new Map<string, Set<TransportName>>()
  const server = await serveExample(({ headers }) => {
    const entry = headers.get('x-entry') ?? ''
    arrived.set(entry, (arrived.get(entry) ?? new Set()).add(transportOf(headers)))
  })
  const faults = await serveFaults()
  const { accountSid, authToken } = TWILIO
  const settings = {
    ...{ baseUrl: server.url, faultUrls: faults.urls, address: ADDRESS, count: COUNT },
    ...{ twilio: { accountSid, authToken }, bird: BIRD },
  }
  try {
    for (const preparation of program.preparations) await run(preparation, program.cwd)
    const results: Record<string, string> = JSON.parse(
      await run([...program.command, JSON.stringify(settings)], program.cwd),
    )
    for (const [entry, transports] of arrived) {
      const names = [...transports].join(' and ')
      if (names !== program.transport) results[entry] = `the requests came from ${names || 'nobody'}`
    }
    return {
      program,
      results: Object.fromEntries(entries.map((entry) => [entry, results[entry] ?? 'not run'])),
    }
  } catch (error) {
    return { program, results: Object.fromEntries(entries.map((entry) => [entry, String(error)])) }
  } finally {
    await Promise.all([server.close(), faults.close()])
  }
}

/** Through undici the library accepts gzip and nothing else; every runtime's `fetch` accepts more by itself. */
function transportOf(headers: Headers): TransportName {
  return headers.get('accept-encoding') === 'gzip' ? 'undici' : 'fetch'
}

async function run([file = '', ...args]: readonly string[], cwd: string): Promise<string> {
  // No proxies, no credentials, no options of this process.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME }
  const { stdout, stderr } = await execute(file, args, { cwd, env, timeout: 600_000 })
  // A warning of the runtime would be one in the user's terminal.
  const printed = stderr.replaceAll(REPORTS_OF_FAULTS, '')
  if (printed !== '') throw new Error(`it printed ${printed}`)
  return stdout
}

/** What Bun and workerd print about a broken connection by themselves, however it is handled. */
const REPORTS_OF_FAULTS = /^(Decompression error: .*|workerd\/\S+: (error|info): .*|stack: .*|)\n/gm
