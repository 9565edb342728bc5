import type * as Undici from 'undici'

/**
 * How long a proxy may take to open a tunnel, in milliseconds: a request that is given up in the meantime does not end the
 * attempt, which keeps the process alive. undici by itself waits for 5 minutes.
 */
const TUNNEL_TIMEOUT_MS = 10_000

/**
 * An agent for one proxy, which applies `NO_PROXY` itself.
 *
 * @throws RangeError if the proxy is not a URL
 */
export function createProxyAgent(
  { EnvHttpProxyAgent, Pool }: Pick<typeof Undici, 'EnvHttpProxyAgent' | 'Pool'>,
  uri: string,
): Undici.Dispatcher {
  try {
    return new EnvHttpProxyAgent({
      httpProxy: uri,
      httpsProxy: uri,
      clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: TUNNEL_TIMEOUT_MS }),
    })
  } catch (cause) {
    throw new RangeError('HTTPS_PROXY or HTTP_PROXY must be the URL of a proxy', { cause })
  }
}
