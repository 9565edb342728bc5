import dns from 'node:dns'
import { isIP } from 'node:net'

/** Names that somebody wanted to connect to. Empty, unless a contestant has left loopback by a way of its own. */
const lookedUp: string[] = []

/**
 * Whatever is sent in this process from now on goes to an IP address that it was given, which is loopback: no name is
 * resolved, and no proxy of the environment is asked. This is the net under both contestants, whose requests reach the
 * local servers in different ways: a foreign URL that one of them follows is noticed in any case.
 */
export function stayOnLoopback(): { readonly lookedUp: readonly string[] } {
  for (const name of Object.keys(process.env)) {
    if (/^(https?_proxy|all_proxy|twilio_\w+|bird_\w+)$/i.test(name)) delete process.env[name]
  }
  const resolve = dns.lookup
  // `net` looks the function up here at each connection. Its overloads do not matter: the callback comes last.
  const refuse = (hostname: string, ...rest: unknown[]): void => {
    const callback = rest.at(-1)
    if (isIP(hostname) !== 0) {
      // A server that begins to listen asks for its own address in this way.
      Reflect.apply(resolve, dns, [hostname, ...rest])
    } else if (typeof callback === 'function') {
      lookedUp.push(hostname)
      const error = Object.assign(new Error(`${hostname} is not looked up here`), { code: 'ENOTFOUND' })
      process.nextTick(callback, error)
    }
  }
  Object.assign(dns, { lookup: refuse })
  return { lookedUp }
}
