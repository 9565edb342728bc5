import { isLoopback } from './base-url.ts'

/**
 * The proxy that the environment names for requests to a URL; null if there is none. Each variable is for its own
 * protocol. Loopback has none: plain `http` is allowed there, and its credentials must not leave the machine. Which hosts
 * `NO_PROXY` excludes is for the agent to say.
 */
export function proxyFor({ protocol, hostname }: URL): string | null {
  if (isLoopback(hostname)) return null
  const { env } = process
  const proxy = protocol === 'https:' ? env.https_proxy || env.HTTPS_PROXY : env.http_proxy || env.HTTP_PROXY
  return proxy || null
}
