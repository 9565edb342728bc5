/** One contestant in its own process: lists all pages, with a consumer that takes some time for each. */
import { setTimeout as wait } from 'node:timers/promises'
import type { AnyConversation, ConversationList } from 'participant-conversations'
import { ADDRESS, BIRD } from '../../support/example-accounts.ts'

/** The result of a latency measurement. */
export interface Latency {
  readonly totalMs: number
  readonly firstMs: number
  readonly count: number
}

/** What the consumer does with a page of conversations, such as storing it. */
type Work = (page: { readonly length: number }) => Promise<void>

const PAGE_SIZE = 50

/** Its own type does not say that the last page has no next one. */
interface OfficialPage {
  readonly instances: readonly unknown[]
  nextPage(): Promise<OfficialPage> | undefined
}

/** The consumer works on pages, since it waits once per page. */
const contestants: Record<string, () => Promise<(baseUrl: string, work: Work) => Promise<void>>> = {
  'this library': () => library(({ twilioListing }, baseUrl) => twilioListing(baseUrl)),
  'this library, prefetch': () =>
    library(({ twilioListing }, baseUrl) => twilioListing(baseUrl, { prefetch: true })),
  'both providers: this library': () =>
    library(({ customerListing }, baseUrl) => customerListing(baseUrl, 4)),
  'both providers: this library, one source at a time': () =>
    library(({ customerListing }, baseUrl) => customerListing(baseUrl, 1)),
  'both providers: twilio list() and fetch, one after the other': async () => {
    const { participantConversations } = await import('../official.ts')
    return async (baseUrl, work) => {
      for (const address of [ADDRESS, `whatsapp:${ADDRESS}`, `rcs:${ADDRESS}`]) {
        await work(await participantConversations(baseUrl).list({ address }))
      }
      const path = `workspaces/${BIRD.workspaceId}/participants/phonenumber/${encodeURIComponent(ADDRESS)}/conversations`
      const response = await fetch(`${baseUrl}/${path}?channelId=${BIRD.channelId}&limit=100`)
      const { results }: { results: readonly unknown[] } = JSON.parse(await response.text())
      await work(results)
    }
  },
  'twilio list(), then page by page': async () => {
    const { participantConversations } = await import('../official.ts')
    return async (baseUrl, work) => {
      const all = await participantConversations(baseUrl).list({ address: ADDRESS })
      for (let start = 0; start < all.length; start += PAGE_SIZE)
        await work(all.slice(start, start + PAGE_SIZE))
    }
  },
  'twilio page(), nextPage()': async () => {
    const { participantConversations } = await import('../official.ts')
    return async (baseUrl, work) => {
      let page: OfficialPage | undefined = await participantConversations(baseUrl).page({ address: ADDRESS })
      while (page !== undefined) {
        await work(page.instances)
        page = await page.nextPage()
      }
    }
  },
  // Not each(): it does not wait for its callback, so the work on all conversations would run at once.
}

type Library = typeof import('../library.ts')

async function library(
  listingOf: (library: Library, baseUrl: string) => ConversationList<AnyConversation>,
): Promise<(baseUrl: string, work: Work) => Promise<void>> {
  const imported = await import('../library.ts')
  return async (baseUrl, work) => {
    for await (const { items } of listingOf(imported, baseUrl).pages()) await work(items)
  }
}

const [name = '', url = '', warmUpUrl = '', workMs = '0'] = process.argv.slice(2)
const load = contestants[name]
if (load === undefined) throw new Error(`There is no contestant ${name}`)
const list = await load()
// One page from elsewhere first: `bench:start` measures what the first request loads.
await list(warmUpUrl, async () => {})

let firstMs = Number.NaN
let count = 0
const startedAt = performance.now()
await list(url, async (page) => {
  if (count === 0) firstMs = performance.now() - startedAt
  count += page.length
  if (Number(workMs) > 0) await wait(Number(workMs))
})
const said: Latency = { totalMs: performance.now() - startedAt, firstMs, count }
console.log(JSON.stringify(said))
