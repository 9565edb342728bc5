/** What the benchmark server sends: pages of both providers, rendered once and repeated in longer listings. */
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { ADDRESS, BIRD } from '../support/example-accounts.ts'

const RENDERED = 200

/** How many conversations a page of Twilio has; one of Bird has twice as many. */
const ROWS = Number(process.env.ROWS ?? 50)

const twilioLists = render(
  sampleTwilioConversations({ address: ADDRESS, count: RENDERED * ROWS }).filter(
    ({ participant_messaging_binding: binding }) => binding?.address === ADDRESS,
  ),
  ROWS,
)
const birdLists = render(
  sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: RENDERED * 2 * ROWS }).filter(
    ({ initiatingParticipant: contact }) => contact?.contact?.platformAddress === ADDRESS,
  ),
  2 * ROWS,
)

/** A Twilio page as bytes. */
export function twilioBody(page: number, pages: number, origin: string): Buffer {
  // Absolute, as Twilio sends it, on the origin that the contestants take for that of the API.
  const urlOf = (other: number): string | null =>
    other < 0 || other >= pages
      ? null
      : `${origin}/v1/ParticipantConversations?Address=${encodeURIComponent(ADDRESS)}&PageSize=${ROWS}&Page=${other}${
          other === 0 ? '' : `&PageToken=${encodeURIComponent(tokenOf(other))}`
        }`
  const meta = {
    page,
    page_size: ROWS,
    first_page_url: urlOf(0),
    previous_page_url: urlOf(page - 1),
    url: urlOf(page),
    next_page_url: urlOf(page + 1),
    key: 'conversations',
  }
  return body('{"conversations":', twilioLists, page, `,"meta":${JSON.stringify(meta)}}`)
}

/** A Bird page as bytes. */
export function birdBody(page: number, pages: number): Buffer {
  const next = page + 1 < pages ? `,"nextPageToken":"${tokenOf(page + 1)}"` : ''
  return body('{"results":', birdLists, page, `${next}}`)
}

/** The number of the page that a token stands for. */
export function pageOf(token: string | null): number {
  return token === null ? 0 : Number.parseInt(token.slice(-32), 16)
}

/** As long as Twilio's tokens, since the library remembers them. */
function tokenOf(page: number): string {
  return `PTactive_2024-01-18T03:17:17.005Z_CH${page.toString(16).padStart(32, '0')}`
}

/** Encoded once, so that the server leaves the CPU to the contestant. */
function render(conversations: readonly object[], size: number): readonly Buffer[] {
  const lists = []
  for (let start = 0; start + size <= conversations.length; start += size) {
    lists.push(Buffer.from(JSON.stringify(conversations.slice(start, start + size))))
  }
  return lists
}

function body(head: string, lists: readonly Buffer[], page: number, tail: string): Buffer {
  const list = lists[page % lists.length] ?? Buffer.alloc(0)
  return Buffer.concat([Buffer.from(head), list, Buffer.from(tail)])
}
