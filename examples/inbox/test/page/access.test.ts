import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CUSTOMER, createAccounts, NOW, onBird, onTwilio, WHATSAPP_USER } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const accounts = () => createAccounts({ twilio: onTwilio(30), bird: onBird(30) })

const SCREENS: [name: string, options: BrowserContextOptions][] = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['a phone, light', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
  ['a phone, dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
]

describe.each(SCREENS)('axe finds nothing on %s', (_name, options) => {
  test('before a search', async () => {
    const customers = [{ name: 'Maya', addresses: [CUSTOMER], note: 'A customer' }]
    await using inbox = await openInbox(browser, { ...accounts(), customers }, options)
    await inbox.page.getByText('Customers of the stand-in').waitFor()

    expect(await inbox.violations()).toEqual([])
  })

  test('in the list, and in the details', async () => {
    await using inbox = await openInbox(browser, accounts(), options)
    await inbox.searchFor(CUSTOMER)
    await inbox.end.waitFor()
    expect(await inbox.violations()).toEqual([])

    for (const row of [inbox.rows.first(), inbox.rows.last()]) {
      await row.click()
      expect(await inbox.violations()).toEqual([])
      await inbox.page.keyboard.press('Escape')
    }
  })

  test('while it loads', async () => {
    const { providers, standIn } = accounts()
    await using inbox = await openInbox(browser, { providers }, options)
    standIn.fail({ delayMs: Number.POSITIVE_INFINITY })
    await inbox.searchFor(CUSTOMER)
    await inbox.page.locator('.skeleton').first().waitFor()

    expect(await inbox.violations()).toEqual([])
  })

  test('when a provider fails, and when all do', async () => {
    const { providers, standIn } = accounts()
    await using inbox = await openInbox(browser, { providers }, options)
    standIn.fail({ provider: 'bird', status: 503, times: 2 })
    await inbox.searchFor(CUSTOMER)
    await inbox.end.waitFor()
    await inbox.alert.waitFor()
    expect(await inbox.violations()).toEqual([])

    standIn.fail({ provider: 'twilio', status: 503, times: 2 })
    await inbox.searchFor('+12025550199')
    await inbox.page.getByText('No conversations could be loaded').waitFor()
    expect(await inbox.violations()).toEqual([])
  })

  test('when there is nothing, and when it is no address', async () => {
    await using inbox = await openInbox(browser, accounts(), options)
    await inbox.searchFor('nobody@example.com')
    await inbox.page.getByText('There are no conversations with').waitFor()
    expect(await inbox.violations()).toEqual([])

    await inbox.searchFor('nobody')
    await inbox.alert.waitFor()
    expect(await inbox.violations()).toEqual([])
  })
})

test('the keyboard alone finds, chooses and leaves a conversation', async () => {
  await using inbox = await openInbox(browser, accounts())
  const { keyboard } = inbox.page
  const focused = () => inbox.page.evaluate(() => document.activeElement?.getAttribute('data-key'))
  const keys = () => inbox.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')))

  await keyboard.press('/')
  await keyboard.type(CUSTOMER)
  await keyboard.press('Enter')
  await inbox.end.waitFor()
  const [first, second, third] = await keys()
  await keyboard.press('j')
  expect(await focused()).toBe(first)
  await keyboard.press('j')
  await keyboard.press('ArrowDown')
  expect(await focused()).toBe(third)
  await keyboard.press('k')
  expect(await focused()).toBe(second)

  await keyboard.press('Enter')
  expect(await inbox.rows.nth(1).getAttribute('aria-current')).toBe('true')
  // What is open follows.
  await keyboard.press('j')
  expect(await inbox.rows.nth(2).getAttribute('aria-current')).toBe('true')
  await inbox.page.getByRole('heading', { level: 2 }).last().focus()
  await keyboard.press('Escape')
  expect(await focused()).toBe(third)
  expect(await inbox.rows.nth(2).getAttribute('aria-current')).toBeNull()

  await keyboard.press('End')
  expect(await focused()).toBe((await keys()).at(-1))
})

test('the list is one stop of the Tab key, and keeps its place', async () => {
  await using inbox = await openInbox(browser, accounts())
  const { keyboard } = inbox.page
  const isOnRow = (index: number) => inbox.rows.nth(index).evaluate((row) => row === document.activeElement)
  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  // The customer's number, the status, the list.
  for (let tabs = 0; tabs < 3; tabs += 1) await keyboard.press('Tab')
  expect(await isOnRow(0)).toBe(true)
  await keyboard.press('ArrowDown')
  await keyboard.press('Tab')
  expect(await inbox.page.evaluate(() => document.activeElement?.closest('.list'))).toBeNull()
  await keyboard.press('Shift+Tab')
  expect(await isOnRow(1)).toBe(true)
})

test('letters that are typed into the search field are letters', async () => {
  await using inbox = await openInbox(browser, accounts())
  await inbox.page.getByRole('searchbox').focus()

  await inbox.page.keyboard.type('jk/')

  expect(await inbox.page.getByRole('searchbox').inputValue()).toBe('jk/')
})

test('a screen reader hears the names of things, and how many conversations there are', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1), bird: onBird(1) })
  await using inbox = await openInbox(browser, { providers }, {}, NOW)

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  const heard = await inbox.page.locator('body').ariaSnapshot()
  expect(heard).toContain('heading "Inbox" [level=1]')
  expect(heard).toContain('searchbox "Customer"')
  expect(heard).toContain('heading "Maya Lindqvist" [level=2]')
  expect(heard).toContain('button "Copy +12025550123"')
  expect(heard).toContain('group "Status"')
  expect(heard).toContain('radio "All" [checked]')
  expect(heard).toContain('status: 2 conversations, newest first')
  expect(heard).toContain('button "Where is my order? 4 minutes ago Robin: It left our warehouse')
})

describe('a narrow screen', () => {
  const narrow = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }

  test('has no need to scroll sideways, before a search, in the list and in the details', async () => {
    const identity = `identity:user_${'f'.repeat(48)}`
    const twilio = onTwilio(20, identity).map((raw) => ({
      ...raw,
      conversation_friendly_name: 'W'.repeat(300),
    }))
    const customers = [{ name: 'Noor Haddad', addresses: [WHATSAPP_USER], note: 'A customer' }]
    await using inbox = await openInbox(browser, { ...createAccounts({ twilio }), customers }, narrow)
    const overflow = () =>
      inbox.page.evaluate(() =>
        ['html', '.list-pane', '.details-pane'].map((selector) => {
          const element = document.querySelector(selector)
          return element === null ? 0 : element.scrollWidth - element.clientWidth
        }),
      )

    await inbox.page.getByText('Noor Haddad').waitFor()
    expect(await overflow()).toEqual([0, 0, 0])

    await inbox.searchFor(`${CUSTOMER}, ${identity}`)
    await inbox.rows.first().waitFor()
    expect(await overflow()).toEqual([0, 0, 0])

    await inbox.rows.first().tap()
    expect(await overflow()).toEqual([0, 0, 0])
  })

  test('shows the details over the list, and the list again as it was', async () => {
    await using inbox = await openInbox(browser, accounts(), narrow)
    const details = inbox.page.getByRole('complementary')
    const focused = () => inbox.page.evaluate(() => document.activeElement?.getAttribute('data-key'))
    await inbox.searchFor(CUSTOMER)
    await inbox.end.waitFor()
    const chosen = inbox.rows.nth(45)
    const id = await chosen.getAttribute('data-key')

    await chosen.tap()
    const place = await inbox.page.locator('.list-pane').evaluate((pane) => pane.scrollTop)
    expect(
      await details
        .getByRole('heading', { level: 2 })
        .evaluate((heading) => heading === document.activeElement),
    ).toBe(true)
    expect(await inbox.page.getByRole('main').getAttribute('inert')).not.toBeNull()

    await inbox.page.getByRole('button', { name: 'All conversations' }).tap()
    await details.waitFor({ state: 'detached' })
    await expect.poll(focused).toBe(id)
    expect(await inbox.page.locator('.list-pane').evaluate((pane) => pane.scrollTop)).toBe(place)
  })

  test('leads back to the list with the browser’s own button', async () => {
    await using inbox = await openInbox(browser, accounts(), narrow)
    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().tap()
    await inbox.page.getByRole('complementary').waitFor()

    await inbox.page.goBack()

    await inbox.page.getByRole('complementary').waitFor({ state: 'detached' })
    expect(await inbox.rows.first().isVisible()).toBe(true)
    expect(await inbox.rows.first().evaluate((row) => row === document.activeElement)).toBe(true)
  })

  test('goes back once, if Escape is pressed again before the browser has done so', async () => {
    await using inbox = await openInbox(browser, accounts(), narrow)
    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().tap()
    const details = inbox.page.getByRole('complementary')
    await details.waitFor()

    await inbox.page.evaluate(() => {
      for (let times = 0; times < 2; times += 1) {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
      }
    })
    await details.waitFor({ state: 'detached' })
    await inbox.page.goForward()

    await details.waitFor()
  })
})

test('rows have the same height, with a message and without', async () => {
  const { providers } = accounts()
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  const heights = await inbox.rows.evaluateAll((rows) =>
    rows.map((row) => row.getBoundingClientRect().height),
  )
  expect(new Set(heights).size).toBe(1)
})

test('nothing moves for somebody who prefers it so', async () => {
  const { providers, standIn } = accounts()
  await using inbox = await openInbox(browser, { providers }, { reducedMotion: 'reduce' })
  standIn.fail({ delayMs: Number.POSITIVE_INFINITY })

  await inbox.searchFor(CUSTOMER)
  await inbox.page.locator('.skeleton').first().waitFor()

  expect(await inbox.page.evaluate(() => document.getAnimations().length)).toBe(0)
})
