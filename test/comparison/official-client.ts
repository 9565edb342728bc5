import http from 'node:http'
import type https from 'node:https'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { twilioOrigin } from './account.ts'
import type { Setting } from './setting.ts'

/**
 * twilio's own `RequestClient`, on loopback. The package has no option for another origin, but accepts a custom
 * `httpClient`. This one is its default client with its default options, and changes URLs at the last moment: Twilio's
 * origin becomes the local provider, and any other the local stranger. Everything else about a request (its host, its
 * headers, whether there is one at all) stays as the package made it.
 *
 * This library has `baseUrl` for the same. It needs no second origin, since it compares `next_page_url` with Twilio's
 * own origin too. If it ever sent something elsewhere, `stayOnLoopback` would detect it.
 */
export class LoopbackRequestClient extends RequestClient {
  readonly #setting: Setting

  constructor(setting: Setting) {
    super(setting.timeoutMs === undefined ? {} : { timeout: setting.timeoutMs })
    this.#setting = setting
    // The client creates an agent for TLS only. This is the same without TLS, so that its timeouts apply here as well.
    const { options }: https.Agent = this.axios.defaults.httpsAgent
    // From Node 22 on, the original options contain `https:`.
    const withoutTls = { ...options, protocol: 'http:', defaultPort: 80 }
    this.axios.defaults.httpAgent = new http.Agent(withoutTls)
  }

  override request<TData>(options: RequestClient.RequestOptions<TData>) {
    return super.request<TData>({ ...options, uri: this.#onLoopback(options.uri) })
  }

  #onLoopback(uri: string): string {
    const url = new URL(uri)
    const { providerUrl, strangerUrl } = this.#setting
    if (url.origin === providerUrl || url.origin === strangerUrl) return uri
    // A dot at the end of a host names the same machine.
    const isTwilio = url.origin.replace(/\.$/, '') === twilioOrigin
    const place = new URL(isTwilio ? providerUrl : strangerUrl)
    // User name, path and query stay.
    url.protocol = place.protocol
    url.host = place.host
    return url.href
  }
}
