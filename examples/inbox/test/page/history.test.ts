import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CUSTOMER, createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const OTHER = '+12025550177'
const accounts = () => createAccounts({ twilio: [...onTwilio(3), ...onTwilio(2, OTHER)], bird: onBird(3) })

const headingOf = (page: Page): Promise<string> => page.locator('.customer h2').innerText()
const detailsOf = (page: Page) => page.locator('.details-pane h2')

test('a reload shows the same customer, status and conversation', async () => {
  await using inbox = await openInbox(browser, accounts())
  await inbox.searchFor(CUSTOMER)
  await inbox.filterBy('Active')
  await inbox.end.waitFor()
  await inbox.rows.nth(1).click()
  const title = await detailsOf(inbox.page).innerText()

  await inbox.page.reload()
  await inbox.end.waitFor()

  expect(await headingOf(inbox.page)).toBe('Maya Lindqvist')
  expect(await inbox.page.getByRole('radio', { name: 'Active', exact: true }).isChecked()).toBe(true)
  expect(await detailsOf(inbox.page).innerText()).toBe(title)
  expect(await inbox.rows.nth(1).getAttribute('aria-current')).toBe('true')
})

test('Back and Forward lead through the customers, without listing them again', async () => {
  const { providers, standIn } = accounts()
  await using inbox = await openInbox(browser, { providers })
  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()
  await inbox.searchFor(OTHER)
  await inbox.end.waitFor()
  const requests = standIn.requests.length

  await inbox.page.goBack()
  expect(await headingOf(inbox.page)).toBe('Maya Lindqvist')
  expect(await inbox.rows.count()).toBe(6)
  expect(await inbox.page.getByRole('searchbox').inputValue()).toBe(CUSTOMER)
  await inbox.page.goForward()
  expect(await headingOf(inbox.page)).toBe(OTHER)
  expect(await inbox.rows.count()).toBe(2)
  await inbox.page.goBack()
  await inbox.page.goBack()
  await inbox.page.getByText('Whose conversations?').waitFor()

  expect(await inbox.page.getByRole('searchbox').inputValue()).toBe('')
  expect(standIn.requests.length).toBe(requests)
})

test('the button that clears the search leads to the start, from where Back leads to the customer', async () => {
  const { providers, standIn } = accounts()
  await using inbox = await openInbox(browser, { providers })
  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()
  const requests = standIn.requests.length

  await inbox.page.getByRole('button', { name: 'Clear' }).click()
  await inbox.page.getByText('Whose conversations?').waitFor()
  await inbox.page.goBack()
  await inbox.end.waitFor()

  expect(await headingOf(inbox.page)).toBe('Maya Lindqvist')
  expect(standIn.requests.length).toBe(requests)
})

test('two tabs show two customers, and a reload of one does not change the other', async () => {
  await using inbox = await openInbox(browser, accounts())
  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()
  const second = await inbox.page.context().newPage()
  await second.goto(inbox.url)
  await second.getByText('Whose conversations?').waitFor()
  await second.getByRole('searchbox').fill(OTHER)
  await second.keyboard.press('Enter')
  await second.getByText('That’s all.').waitFor()

  await Promise.all([inbox.page.reload(), second.reload()])
  await inbox.end.waitFor()
  await second.getByText('That’s all.').waitFor()

  expect(await headingOf(inbox.page)).toBe('Maya Lindqvist')
  expect(await headingOf(second)).toBe(OTHER)
})

test('the title says who it is, and neither it nor the URL has the number', async () => {
  await using inbox = await openInbox(browser, accounts())
  const title = (): Promise<string> => inbox.page.title()
  expect(await title()).toBe('Inbox')

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()
  await inbox.rows.first().click()
  expect(await title()).toBe('Maya Lindqvist · Inbox')

  await inbox.searchFor(OTHER)
  await inbox.end.waitFor()
  expect(await title()).toBe('…0177 · Inbox')

  await inbox.searchFor('jo@example.com')
  await inbox.page.getByText('There are no conversations').waitFor()
  expect(await title()).toBe('jo@… · Inbox')
  expect(inbox.page.url()).toBe(`${inbox.url}/`)
})

test.each(['+1 (202) 555-0123', 'maya@example.com'])(
  'the title does not have the name %s, which is an address',
  async (name) => {
    const bird = onBird(1).map((raw) => ({
      ...raw,
      featuredParticipants: (raw.featuredParticipants ?? []).map((person) => ({
        ...person,
        displayName: name,
      })),
    }))
    await using inbox = await openInbox(browser, createAccounts({ bird }))

    await inbox.searchFor(CUSTOMER)
    await inbox.end.waitFor()

    expect(await headingOf(inbox.page)).toBe(name)
    expect(await inbox.page.title()).toBe('…0123 · Inbox')
  },
)

test('what another version of the page has left in the history is the start', async () => {
  await using inbox = await openInbox(browser, accounts())
  await inbox.page.evaluate(() => window.history.replaceState({ addresses: 'maya', selected: 7 }, ''))

  await inbox.page.reload()

  await inbox.page.getByText('Whose conversations?').waitFor()
})
