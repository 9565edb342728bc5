import { isLoopback } from '../base-url.ts'

/**
 * The proxy from the environment for requests to a URL, or null if there is none. Each variable is for its own protocol.
 * Loopback has no proxy: plain `http` is allowed there, and its credentials must not leave the machine. The agent
 * applies `NO_PROXY`.
 */
export function proxyFor({ protocol, hostname }: URL): string | null {
  if (isLoopback(hostname)) return null
  const { env } = process
  const proxy = protocol === 'https:' ? env.https_proxy || env.HTTPS_PROXY : env.http_proxy || env.HTTP_PROXY
  return proxy || null
}
