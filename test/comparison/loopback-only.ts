import dns from 'node:dns'
import { isIP } from 'node:net'

/** Host names that were looked up. Empty, unless a contestant has tried to leave loopback. */
const lookedUp: string[] = []

/**
 * Keeps this process on loopback from now on: no name is resolved, and no proxy from the environment is used. The two
 * contestants reach the local servers in different ways. This detects if either of them follows a foreign URL.
 */
export function stayOnLoopback(): { readonly lookedUp: readonly string[] } {
  for (const name of Object.keys(process.env)) {
    if (/^(https?_proxy|all_proxy|twilio_\w+|bird_\w+)$/i.test(name)) delete process.env[name]
  }
  const resolve = dns.lookup
  // `net` reads the function from here for each connection. The callback comes last in all overloads.
  const refuse = (hostname: string, ...rest: unknown[]): void => {
    const callback = rest.at(-1)
    if (isIP(hostname) !== 0) {
      // A server that starts to listen looks up its own address in this way.
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
