import type * as Undici from 'undici'
import { proxyFor } from './proxy.ts'
import { createProxyAgent } from './proxy-agent.ts'
import { createSlots, type Slots } from './slots.ts'
import type { TransportRequest } from './transport.ts'

/** What every request needs of undici. */
export type UndiciCore = Pick<typeof Undici, 'Agent' | 'buildConnector'>

/** The library's own dispatchers. All providers share them, and so their connections. */
export interface Agents {
  /**
   * The agent for a URL: direct, or through the proxy from the environment. Requests that it sends are not counted by
   * `exchange()`.
   */
  readonly agentFor: (url: URL) => Undici.Dispatcher | Promise<Undici.Dispatcher>
  /** Runs one exchange with the agent, in its turn. Connections that nobody waits for anymore are abandoned. */
  readonly exchange: <T>(
    url: URL,
    request: Pick<TransportRequest, 'onAbort' | 'onStart'>,
    send: (agent: Undici.Dispatcher) => Promise<T>,
  ) => Promise<T>
}

/**
 * The maximum number of requests to one origin at a time, the same as that of connections in the AWS SDK. Further ones wait
 * for their turn, so that hundreds of concurrent listings do not exhaust ports and file descriptors. Requests are counted
 * and not connections: those of undici stay taken after a response if fake timers keep it from noticing the end.
 */
const MAX_REQUESTS = 50

/** All of undici is only loaded for a proxy. */
export function createAgents(
  { Agent, buildConnector }: UndiciCore,
  loadUndici: () => Promise<typeof Undici>,
): Agents {
  const proxied = new Map<string, Undici.Dispatcher>()
  const slots = new Map<string, Slots>()
  /** The connections that are being opened. */
  const opening = new Set<AbortController>()
  let direct: Undici.Dispatcher | undefined
  let exchanges = 0

  const connect: Undici.buildConnector.connector = (options, callback) => {
    const attempt = new AbortController()
    opening.add(attempt)
    // A connector of its own, since the signal is one of the options of a connector. It sets the port again.
    buildConnector({ signal: attempt.signal, port: Number(options.port) })(options, (...result) => {
      opening.delete(attempt)
      callback(...result)
    })
  }

  const agentFor = (url: URL): Undici.Dispatcher | Promise<Undici.Dispatcher> => {
    const uri = proxyFor(url)
    if (uri !== null) return proxied.get(uri) ?? proxyAgentFor(uri)
    direct ??= new Agent({ connect })
    return direct
  }
  const proxyAgentFor = async (uri: string): Promise<Undici.Dispatcher> => {
    const undici = await loadUndici()
    // Another request may have waited for the same agent.
    const agent = proxied.get(uri) ?? createProxyAgent(undici, uri)
    proxied.set(uri, agent)
    return agent
  }

  const slotsFor = ({ origin }: URL): Slots => {
    const own = slots.get(origin) ?? createSlots(MAX_REQUESTS)
    slots.set(origin, own)
    return own
  }

  return {
    agentFor,
    async exchange(url, { onAbort, onStart }, send) {
      exchanges += 1
      try {
        const release = await slotsFor(url).take(onAbort)
        try {
          const agent = await agentFor(url)
          onStart()
          return await send(agent)
        } finally {
          release()
        }
      } finally {
        exchanges -= 1
        if (exchanges === 0) abandonOpening()
      }
    },
  }

  /** undici keeps trying for 10 seconds, which would keep the process alive. */
  function abandonOpening(): void {
    for (const attempt of opening) attempt.abort(new Error('no request is left'))
  }
}
