/**
 * Lists conversations through an HTTP proxy. If HTTPS_PROXY is set, none of this is needed: pass a dispatcher for a proxy
 * that only this provider uses, for client certificates, or for your own connection pool.
 *
 *     npx tsx examples/proxy.ts http://proxy.example:8080 +12025550123
 */
import { listParticipantConversations, twilio } from 'participant-conversations'
import { ProxyAgent } from 'undici'

const [proxy, phone] = process.argv.slice(2)
if (proxy === undefined || phone === undefined) throw new Error('Usage: proxy.ts PROXY_URL PHONE_NUMBER')

const dispatcher = new ProxyAgent(proxy)
try {
  const list = listParticipantConversations({
    provider: twilio({ dispatcher }),
    participant: { phone },
  })
  for await (const conversation of list) console.log(conversation.id, conversation.title)
} finally {
  await dispatcher.close()
}
