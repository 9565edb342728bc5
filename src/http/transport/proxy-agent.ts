import type * as Undici from 'undici'

type Connector = Undici.buildConnector.connector
type ConnectOptions = Undici.Dispatcher.ConnectOptions

/** undici by itself waits 5 minutes for a proxy to open a tunnel, which holds a connection. */
const TUNNEL_TIMEOUT_MS = 60_000

/** What a proxy's agent needs besides its address. */
export interface ProxyAgentOptions {
  /** Opens direct connections, for `NO_PROXY`. */
  readonly connect: Connector
  /** Turns a connector into one whose connections are abandoned when no request is left. */
  readonly track: (open: Connector) => Connector
  /** Tunnels that are being opened, which are abandoned when no request is left. */
  readonly tunnels: Set<AbortController>
}

/**
 * An agent for one proxy, which applies `NO_PROXY` itself.
 *
 * @throws RangeError if the proxy is not a URL
 */
export function createProxyAgent(
  { EnvHttpProxyAgent, Pool }: Pick<typeof Undici, 'EnvHttpProxyAgent' | 'Pool'>,
  uri: string,
  { connect, track, tunnels }: ProxyAgentOptions,
): Undici.Dispatcher {
  /** Connections to the proxy itself, which tunnels are requested over. */
  const clientFactory = (origin: URL, options: object): Undici.Dispatcher => {
    const { connect: open }: { connect?: Connector } = options
    const pool = new Pool(origin, {
      ...options,
      ...(open && { connect: track(open) }),
      headersTimeout: TUNNEL_TIMEOUT_MS,
    })
    const openTunnel: (options: ConnectOptions) => Promise<Undici.Dispatcher.ConnectData> =
      pool.connect.bind(pool)
    return Object.assign(pool, {
      async connect(options: ConnectOptions & { readonly signal?: AbortSignal }) {
        const data = await openTunnel(options)
        // The TLS handshake with the provider follows.
        options.signal?.addEventListener('abort', () => data.socket.destroy())
        return data
      },
    })
  }
  /** Connections through a tunnel. Aborting a request does not abort the tunnel that is being opened for it. */
  const factory = (origin: URL | string, options: object): Undici.Dispatcher => {
    const { connect: open }: { connect?: Connector } = options
    const connectThrough: Connector = (target, callback) => {
      const tunnel = new AbortController()
      const abortable = { ...target, signal: tunnel.signal }
      tunnels.add(tunnel)
      return open?.(abortable, (...result) => {
        tunnels.delete(tunnel)
        callback(...result)
      })
    }
    return new Pool(origin, { ...options, ...(open && { connect: connectThrough }) })
  }
  try {
    return new EnvHttpProxyAgent({
      httpProxy: uri,
      httpsProxy: uri,
      connect,
      clientFactory,
      factory,
    })
  } catch (cause) {
    throw new RangeError('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy', { cause })
  }
}
