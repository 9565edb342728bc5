/**
 * The provider's side of the benchmarks, in a process of its own: pages of both providers, rendered in advance. Its
 * paths are the providers'; a page token is the number of a page. `DELAY_MS` delays each answer, and `PAGES` says how
 * many pages a listing has; the bodies repeat after those that are rendered.
 */
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { ADDRESS, BIRD } from '../support/example-accounts.ts'

const RENDERED = 400
const pages = Number(process.env.PAGES ?? RENDERED)
const delayMs = Number(process.env.DELAY_MS ?? 0)

/** The text of a page, but for where the next one is. */
const twilioPages = render(
  sampleTwilioConversations({ address: ADDRESS, count: RENDERED * 40 }).filter(
    ({ participant_messaging_binding: binding }) => binding?.address === ADDRESS,
  ),
  50,
)
const birdPages = render(
  sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: RENDERED * 40 }),
  100,
)

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', `http://${request.headers.host}`)
  const isBird = url.pathname.startsWith('/workspaces/')
  const page = Number(url.searchParams.get(isBird ? 'pageToken' : 'PageToken')?.slice(2) ?? 0)
  const next = page + 1 < pages ? `PT${page + 1}` : null
  if (delayMs > 0) await wait(delayMs)
  response.setHeader('content-type', 'application/json')
  response.end(isBird ? birdBody(page, next) : twilioBody(page, next, url))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '')
})
process.on('disconnect', () => process.exit())

function render(conversations: readonly object[], size: number): string[] {
  const texts = []
  for (let start = 0; start + size <= conversations.length; start += size) {
    texts.push(JSON.stringify(conversations.slice(start, start + size)))
  }
  return texts
}

function twilioBody(page: number, next: string | null, url: URL): string {
  // As Twilio has it: absolute, on the public origin of the API, which both libraries have been told is here.
  const nextUrl =
    next === null ? 'null' : `"${url.origin}${url.pathname}?PageSize=50&Page=${page + 1}&PageToken=${next}"`
  const list = twilioPages[page % twilioPages.length]
  return `{"conversations":${list},"meta":{"page":${page},"page_size":50,"next_page_url":${nextUrl},"key":"conversations"}}`
}

function birdBody(page: number, next: string | null): string {
  const token = next === null ? '' : `,"nextPageToken":"${next}"`
  return `{"results":${birdPages[page % birdPages.length]}${token}}`
}
