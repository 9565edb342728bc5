/**
 * Lists through an HTTP proxy. With HTTPS_PROXY in the environment nothing of this is needed; a dispatcher is for
 * proxies that only this provider goes through, for client certificates, and for connection pools of one's own.
 *
 *     npx tsx examples/proxy.ts http://proxy.example:8080 +12025550123
 */
import { listParticipantConversations, twilio } from 'participant-conversations'
import { ProxyAgent } from 'undici'

const [proxy, address] = process.argv.slice(2)
if (proxy === undefined || address === undefined) throw new Error('Usage: proxy.ts PROXY_URL ADDRESS')

const dispatcher = new ProxyAgent(proxy)
try {
  const list = listParticipantConversations({
    provider: twilio({ dispatcher }),
    participant: { address },
  })
  for await (const conversation of list) console.log(conversation.id, conversation.title)
} finally {
  await dispatcher.close()
}
