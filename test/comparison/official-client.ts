import http from 'node:http'
import type https from 'node:https'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { twilioOrigin } from './account.ts'
import type { Setting } from './contestants.ts'

/**
 * twilio's own `RequestClient`, on loopback. The package has no option for another origin, but takes an `httpClient`
 * of the caller's; so this one is its default client, with its default options, whose URLs are changed at the last
 * moment: Twilio's origin is the local provider, and every other one is the local stranger. What the package has made
 * of the request by then (its host, its headers, whether there is a request at all) is left as it is.
 *
 * This library has `baseUrl` for the same. It needs no second origin, since it compares `next_page_url` with Twilio's
 * own origin too; would it ever send something elsewhere, `stayOnLoopback` would notice.
 */
export class LoopbackRequestClient extends RequestClient {
  readonly #setting: Setting

  constructor(setting: Setting) {
    super(setting.timeoutMs === undefined ? {} : { timeout: setting.timeoutMs })
    this.#setting = setting
    // The client makes an agent for TLS only. This is the same without TLS, so that its time limits hold here as well.
    const { options }: https.Agent = this.axios.defaults.httpsAgent
    // From Node 22 on, the options of the other say `https:`.
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
