import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { type ServeOptions, serve } from '../../server/serve.ts'
import { CURSOR_SECRET } from './api.ts'

export interface Inbox {
  readonly page: Page
  readonly url: string
  /** One for each conversation. */
  readonly rows: Locator
  readonly summary: Locator
  readonly alert: Locator
  /** What the page asked for, apart from its own files. */
  readonly requests: string[]
  /** Errors in the page, and what its policy has stopped. */
  readonly complaints: string[]
  searchFor(address: string): Promise<void>
  filterBy(status: string): Promise<void>
  /** What the list ends with, once all of it is loaded. */
  readonly end: Locator
  /** The ids of the conversations, in the order in which they are shown. */
  ids(): Promise<string[]>
  /** When their rows say that something last happened, in the same order. */
  dates(): Promise<string[]>
  /** The text of what has the focus. */
  focused(): Promise<string>
  /** What axe finds, in words. */
  violations(): Promise<string[]>
  /** As after a restart: cursors of before are not valid any more, unless the secret is the same. */
  restartServer(options?: Partial<ServeOptions>): Promise<void>
  stopServer(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Serves the inbox, and opens it. `now` stops the clock of the page. */
export async function openInbox(
  browser: Browser,
  options: Partial<ServeOptions> & Pick<ServeOptions, 'providers'>,
  contextOptions: BrowserContextOptions = {},
  now?: Date,
): Promise<Inbox> {
  const served: ServeOptions = { cursorSecret: CURSOR_SECRET, customers: null, ...options }
  let server = await serve(served, 0)
  const { url } = server
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions })
  const page = await context.newPage()
  if (now) await page.clock.setFixedTime(now)
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text())
  })
  await page.goto(url)
  // React renders after the page has loaded.
  await page.getByRole('searchbox').waitFor()

  const rows = page.locator('.row')
  const summary = page.getByRole('status')
  return {
    page,
    url,
    rows,
    summary,
    requests,
    complaints,
    alert: page.getByRole('alert'),
    async searchFor(address) {
      await page.getByRole('searchbox', { name: 'Customer' }).fill(address)
      await page.keyboard.press('Enter')
    },
    filterBy: (status) => page.getByRole('radio', { name: status, exact: true }).check(),
    end: page.getByText(/^That’s all/),
    ids: () => rows.evaluateAll((all) => all.map((row) => row.dataset.key?.replace(/^\w+ /, '') ?? '')),
    dates: () =>
      page.locator('.row time').evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? '')),
    focused: () => page.evaluate(() => document.activeElement?.textContent ?? ''),
    async violations() {
      await page.evaluate(`${axe.source}; undefined`)
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
      )
    },
    async restartServer(changes = {}) {
      await server.close()
      server = await serve({ ...served, ...changes }, Number(new URL(url).port))
    },
    stopServer: () => server.close(),
    async [Symbol.asyncDispose]() {
      await context.close()
      await server.close()
    },
  }
}
