import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const PATHS = ['/usr/bin/chromium', '/usr/bin/google-chrome']

let stop: () => void
let origin: string
let browser: Browser

beforeAll(async () => {
  const port = await freePort()
  const folder = fileURLToPath(new URL('..', import.meta.url))
  const vitepress = `${folder}/node_modules/vitepress/bin/vitepress.js`
  const server = spawn(process.execPath, [vitepress, 'preview', folder, '--port', `${port}`])
  stop = () => server.kill()
  origin = `http://localhost:${port}`
  await vi.waitFor(async () => expect((await fetch(origin)).ok).toBe(true), { timeout: 30_000 })
  const path = process.env.CHROMIUM_PATH ?? PATHS.find((known) => existsSync(known))
  browser = await chromium.launch(path === undefined ? {} : { executablePath: path })
})

afterAll(async () => {
  await browser?.close()
  stop?.()
})

describe('search', () => {
  test('finds a function by the beginning of its name', async () => {
    const best = (await search('list')).slice(0, 3)
    expect(best).toContainEqual(expect.stringContaining('listParticipantConversations()'))
  })

  test('leaves out the sources of examples', async () => {
    const results = await search('ConversationProvider')
    expect(results.filter((result) => /\.tsx?\b/.test(result))).toEqual([])
  })

  test('shows guides before members of the reference', async () => {
    const results = await search('onSourceError')
    expect(results[0]).toContain('When a source fails')
    expect(results).toContainEqual(expect.stringMatching(/listParticipantConversations\(\).*onSourceError/s))
  })
})

test.each(['light', 'dark'] as const)('shows the picture of the %s appearance alone', async (colorScheme) => {
  const page = await open('/', { colorScheme })
  const shown = page.locator('img[src^="/docs/"]:visible')
  expect(await shown.evaluateAll((images) => images.map((image) => image.getAttribute('src')))).toEqual([
    `/docs/terminal-${colorScheme}.svg`,
  ])
})

test('leads from a guide to the next one of the README', async () => {
  const page = await open('/guides/listing.html')
  await page.getByRole('link', { name: /^Next page/ }).click()
  await expect.poll(() => page.locator('h1').innerText()).toContain('Recipes')
})

test.each([
  '/',
  '/overview.html',
  '/guides/errors.html',
  '/reference/functions/listParticipantConversations.html',
  '/examples/inbox/server/inbox.ts.html',
])('%s fits on a phone', async (path) => {
  const page = await open(path, { viewport: { width: 360, height: 740 } })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})

/** What the search shows, best first. */
async function search(word: string): Promise<string[]> {
  const page = await open('/')
  await page.getByRole('button', { name: 'Search' }).first().click()
  await page.getByPlaceholder('Search').fill(word)
  const results = page.getByRole('option')
  await results.first().waitFor()
  return results.allInnerTexts()
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options)
  await page.goto(origin + path, { waitUntil: 'networkidle' })
  return page
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('there is no free port')
  return address.port
}
