import type { ConversationProvider } from 'participant-conversations'
import { type AppOptions, createApp } from '../../server/app.ts'
import type { ApiProblem, InboxPage, PageRequest } from '../../shared/api.ts'
import { CUSTOMER } from './accounts.ts'

export const CURSOR_SECRET = 'a-secret-of-these-tests-that-is-long-enough'

/** What an app needs besides providers. */
export const APP = { cursorSecret: CURSOR_SECRET, customers: null, pageFolder: '.' }

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: InboxPage & Partial<ApiProblem>
}

/** The API without a server: requests and answers as objects. */
export function createApi(providers: readonly ConversationProvider[], options: Partial<AppOptions> = {}) {
  const app = createApp({ ...APP, providers, ...options })

  async function request(path: string, init?: RequestInit): Promise<Answer> {
    const response = await app.request(`http://127.0.0.1${path}`, init)
    const text = await response.text()
    const { status, headers } = response
    return { status, headers, text, body: JSON.parse(text) }
  }

  const page = (query: Partial<PageRequest> = {}, init: RequestInit = {}): Promise<Answer> =>
    request('/api/conversations', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ addresses: [CUSTOMER], cursor: null, ...query }),
      ...init,
    })

  /** All pages from a cursor on. */
  async function pages(query: Partial<PageRequest> = {}): Promise<InboxPage[]> {
    const all: InboxPage[] = []
    let cursor = query.cursor ?? null
    do {
      const { status, text, body } = await page({ ...query, cursor })
      if (status !== 200) throw new Error(`${status} ${text}`)
      all.push(body)
      cursor = body.nextCursor
    } while (cursor !== null)
    return all
  }

  return { request, page, pages }
}

export function idsOf(...pages: readonly InboxPage[]): string[] {
  return pages.flatMap(({ conversations }) => conversations.map(({ id }) => id))
}
