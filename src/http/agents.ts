import type { Socket } from 'node:net'
import type * as Undici from 'undici'
import { proxyFor } from './proxy.ts'

/** What every request needs of undici. */
export type UndiciCore = Pick<typeof Undici, 'Agent' | 'buildConnector'>

/** The library's own dispatchers. All providers share them, and so their connections. */
export interface Agents {
  /** The agent for a URL: direct, or through the proxy from the environment. */
  readonly agentFor: (url: URL) => Undici.Dispatcher | Promise<Undici.Dispatcher>
  /** Runs one exchange with the agent. Connections that nobody waits for anymore are abandoned. */
  readonly exchange: <T>(url: URL, send: (agent: Undici.Dispatcher) => Promise<T>) => Promise<T>
}

/**
 * The maximum number of connections to one origin, the same as in the AWS SDK. Further requests wait for a free one, so
 * that hundreds of concurrent listings do not exhaust ports and file descriptors.
 */
const MAX_CONNECTIONS = 50

/** All of undici is only loaded for a proxy. */
export function createAgents(
  { Agent, buildConnector }: UndiciCore,
  loadUndici: () => Promise<typeof Undici>,
): Agents {
  const proxied = new Map<string, Undici.Dispatcher>()
  const opening = new Set<Socket>()
  const openConnection = buildConnector({})
  let direct: Undici.Dispatcher | undefined
  let exchanges = 0

  const connect: Undici.buildConnector.connector = (options, callback) => {
    // undici's types omit that a connector returns its socket.
    const socket = openConnection(options, (...result) => {
      opening.delete(socket)
      callback(...result)
    }) as unknown as Socket
    opening.add(socket)
    return socket
  }

  const agentFor = (url: URL): Undici.Dispatcher | Promise<Undici.Dispatcher> => {
    const uri = proxyFor(url)
    if (uri !== null) return proxied.get(uri) ?? proxyAgentFor(uri)
    direct ??= new Agent({ connections: MAX_CONNECTIONS, connect })
    return direct
  }
  const proxyAgentFor = async (uri: string): Promise<Undici.Dispatcher> => {
    const { EnvHttpProxyAgent } = await loadUndici()
    // Another request may have waited for the same agent, which applies NO_PROXY itself.
    const agent = proxied.get(uri) ?? proxyAgent(EnvHttpProxyAgent, uri)
    proxied.set(uri, agent)
    return agent
  }

  return {
    agentFor,
    async exchange(url, send) {
      exchanges += 1
      try {
        return await send(await agentFor(url))
      } finally {
        exchanges -= 1
        // undici keeps trying for 10 seconds, which would keep the process alive.
        if (exchanges === 0) for (const socket of opening) socket.destroy(new Error('no request is left'))
      }
    },
  }
}

function proxyAgent(ProxyAgent: typeof Undici.EnvHttpProxyAgent, uri: string): Undici.Dispatcher {
  try {
    return new ProxyAgent({ httpProxy: uri, httpsProxy: uri, connections: MAX_CONNECTIONS })
  } catch (cause) {
    throw new RangeError('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy', { cause })
  }
}
