import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStandInAccounts } from '../../server/stand-in.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Inbox, openInbox } from '../support/inbox.ts'

/** The pictures of the READMEs: what somebody sees with the stand-in. `--update-pictures` writes them. */

const DOCS = fileURLToPath(new URL('../../../../docs', import.meta.url))
const MAX_BYTES_OF_ALL = 400_000

const NOW = new Date('2026-03-04T10:20:00Z')
const WIDE: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 780 } }

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

describe.each(['light', 'dark'] as const)('pictures in %s', (colorScheme) => {
  const open = (options: BrowserContextOptions): Promise<Inbox> =>
    openInbox(
      browser,
      createStandInAccounts({ now: NOW }),
      { deviceScaleFactor: 1.5, timezoneId: 'UTC', colorScheme, ...options },
      NOW,
    )

  test('the list and a conversation side by side', async () => {
    await using inbox = await open(WIDE)
    await inbox.page.getByText('Maya Lindqvist').first().click()
    await inbox.end.waitFor()
    await inbox.rows.nth(2).click()

    expect(await draw(inbox, `inbox-${colorScheme}`)).toBeGreaterThan(10_000)
  })

  test('a provider that does not answer, on a phone', async () => {
    await using inbox = await open(PHONE)
    await inbox.page.getByText('Lena Novak').click()
    await inbox.alert.waitFor()

    expect(await draw(inbox, `inbox-phone-${colorScheme}`)).toBeGreaterThan(10_000)
  })
})

test('all pictures in docs/ together are small', async () => {
  const names = (await readdir(DOCS)).filter((name) => /\.(svg|webp|png|jpe?g|gif)$/.test(name))
  const sizes = await Promise.all(names.map(async (name) => (await stat(`${DOCS}/${name}`)).size))

  expect(names).toContain('inbox-light.webp')
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES_OF_ALL)
})

/** Takes a picture as WebP, which the browser itself encodes. Returns its size. */
async function draw({ page }: Inbox, name: string): Promise<number> {
  // Neither a focus ring nor the color of what the pointer happens to be over.
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  const png = await page.screenshot({ animations: 'disabled' })
  const studio = await browser.newPage()
  const base64 = await studio.evaluate(toWebp, png.toString('base64'))
  await studio.close()
  const webp = Buffer.from(base64, 'base64')
  if (process.env.UPDATE_PICTURES) {
    await mkdir(DOCS, { recursive: true })
    await writeFile(`${DOCS}/${name}.webp`, webp)
  }
  return webp.length
}

/** Runs in the browser. */
async function toWebp(png: string): Promise<string> {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.drawImage(image, 0, 0)
  return canvas.toDataURL('image/webp', 0.8).replace(/^.*,/, '')
}
