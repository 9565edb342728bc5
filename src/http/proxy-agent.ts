import type * as Undici from 'undici'

/** undici by itself waits 5 minutes for a proxy to open a tunnel. A direct connection has as long as this. */
const TUNNEL_TIMEOUT_MS = 10_000

/** What a proxy's agent needs besides its address. */
export interface ProxyAgentOptions {
  /** The maximum number of connections to one origin. */
  readonly connections: number
  /** Opens direct connections, for `NO_PROXY`. */
  readonly connect: Undici.buildConnector.connector
  /** Turns a connector into one whose connections are abandoned when no request is left. */
  readonly track: (open: Undici.buildConnector.connector) => Undici.buildConnector.connector
  /** Requests for tunnels, which are aborted when no request is left. */
  readonly tunnels: Set<AbortController>
}

/** An agent for one proxy, which applies `NO_PROXY` itself. */
export function createProxyAgent(
  { EnvHttpProxyAgent, Pool }: Pick<typeof Undici, 'EnvHttpProxyAgent' | 'Pool'>,
  uri: string,
  { connections, connect, track, tunnels }: ProxyAgentOptions,
): Undici.Dispatcher {
  const clientFactory = (origin: URL, options: object): Undici.Dispatcher => {
    const { connect: open }: { connect?: Undici.buildConnector.connector } = options
    const pool = new Pool(origin, {
      ...options,
      ...(open && { connect: track(open) }),
      headersTimeout: TUNNEL_TIMEOUT_MS,
    })
    // The request that a tunnel is for does not abort it.
    const openTunnel: (options: Undici.Dispatcher.ConnectOptions) => Promise<Undici.Dispatcher.ConnectData> =
      pool.connect.bind(pool)
    return Object.assign(pool, {
      async connect(options: Undici.Dispatcher.ConnectOptions) {
        const tunnel = new AbortController()
        tunnels.add(tunnel)
        try {
          return await openTunnel({ ...options, signal: tunnel.signal })
        } finally {
          tunnels.delete(tunnel)
        }
      },
    })
  }
  try {
    return new EnvHttpProxyAgent({ httpProxy: uri, httpsProxy: uri, connections, connect, clientFactory })
  } catch (cause) {
    throw new RangeError('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy', { cause })
  }
}
