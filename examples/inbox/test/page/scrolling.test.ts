import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundBy } from '../../server/sample-conversations.ts'
import { CUSTOMER, createAccounts, NOW, onBird, onTwilio, WHATSAPP_USER } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('300 conversations are scrolled to the end, each once', async () => {
  const twilio = [...onTwilio(170), ...onTwilio(30, `whatsapp:${CUSTOMER}`)]
  const { providers, ids } = createAccounts({ twilio, bird: onBird(100) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.scrollToEnd()

  expect(ids).toHaveLength(300)
  expect(await inbox.ids()).toEqual(ids)
  expect(await inbox.summary.textContent()).toBe('300 conversations, provider by provider')
})

test('only what is near is loaded: the next page comes when the list is scrolled', async () => {
  const { providers, standIn } = createAccounts({ twilio: onTwilio(300) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.page.getByText('25 conversations so far').waitFor()
  const before = standIn.requests.length
  await inbox.rows.last().scrollIntoViewIfNeeded()
  await inbox.page.getByText('50 conversations so far').waitFor()

  const isOfNextPage = standIn.requests.map(({ url }) => new URL(url).searchParams.has('PageToken'))
  expect(isOfNextPage).toEqual([...Array(before).fill(false), true])
})

test('the next page comes if a busy browser says only afterwards that the end was out of sight', async () => {
  const { providers, ids } = createAccounts({ twilio: onTwilio(60) })
  await using inbox = await openInbox(browser, { providers })
  await inbox.page.evaluate(() => {
    const Observer = window.IntersectionObserver
    window.IntersectionObserver = class extends Observer {
      constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        const outOfSight = { isIntersecting: false } as IntersectionObserverEntry
        super((entries, observer) => callback([outOfSight, ...entries], observer), options)
      }
    }
  })

  await inbox.searchFor(CUSTOMER)
  await inbox.scrollToEnd()

  expect(await inbox.ids()).toEqual(ids)
})

test('a conversation that the customer is in with two addresses is shown once', async () => {
  const bySms = onTwilio(3)
  const byWhatsApp = bySms.slice(0, 1).map((raw) => foundBy(`whatsapp:${CUSTOMER}`, raw))
  const { providers } = createAccounts({ twilio: [...bySms, ...byWhatsApp] })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.scrollToEnd()

  expect(await inbox.ids()).toEqual(bySms.map((raw) => raw.conversation_sid))
})

test('the status filter lists again, and shows that status alone', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(70), bird: onBird(70) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.rows.first().waitFor()
  await inbox.filterBy('Inactive')
  await inbox.scrollToEnd()

  const statuses = await inbox.page.locator('.row .status').allTextContents()
  expect(new Set(statuses)).toEqual(new Set(['Inactive']))
  expect(statuses).toHaveLength(10)
})

test('the same search again lists again', async () => {
  const { providers, standIn } = createAccounts({ twilio: onTwilio(5) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.scrollToEnd()
  const requests = standIn.requests.length
  await inbox.searchFor(CUSTOMER)
  await expect.poll(() => standIn.requests.length).toBe(2 * requests)
  await inbox.scrollToEnd()

  expect(await inbox.rows.count()).toBe(5)
})

test('a row says provider, channel, status, last message and how long ago', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1, `whatsapp:${CUSTOMER}`), bird: onBird(1) })
  await using inbox = await openInbox(browser, { providers }, {}, NOW)

  await inbox.searchFor(CUSTOMER)
  await inbox.scrollToEnd()

  expect(await inbox.rows.first().innerText()).toMatch(/^.+\n4 minutes ago\n+Twilio\nWhatsApp\nActive$/)
  expect(await inbox.rows.last().innerText()).toMatch(
    /^Where is my order\?\n4 minutes ago\n+Robin: It left our warehouse.+\n+Bird\nChannel 000000\nActive$/,
  )
})

test('a customer whom WhatsApp shows without a number is found', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1, WHATSAPP_USER), bird: onBird(1, WHATSAPP_USER) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(WHATSAPP_USER)
  await inbox.scrollToEnd()

  expect(await inbox.rows.first().innerText()).toMatch(/\nTwilio\nWhatsApp\n/)
  expect(await inbox.rows.last().innerText()).toMatch(/\nBird\nWhatsApp\n/)
})

test('the details have dates, participants, our number and the service, and no more of what the provider sent', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1), bird: onBird(2) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.rows.last().click()
  const onBirds = inbox.page.getByRole('complementary', { name: 'Wrong size, please exchange' })
  expect(await onBirds.innerText()).toMatch(
    /Thank you, the label works[\s\S]+Updated\n.+2026[\s\S]+Our number\n\+12025550100\n[\s\S]+Maya Lindqvist[\s\S]+Kim/,
  )
  expect(await onBirds.innerText()).not.toContain('Service')

  await inbox.rows.first().click()
  const onTwilios = inbox.page.getByRole('complementary')
  await onTwilios.getByText(/^IS/).waitFor()
  expect(await onTwilios.innerText()).toMatch(/Our number\n\+12025550100\n[\s\S]*Service\nIS0{32}\n/)
})

test('the details of an e-mail have our address', async () => {
  const email = 'maya@example.com'
  const { providers } = createAccounts({ twilio: onTwilio(1, email) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(email)
  await inbox.rows.first().click()

  expect(await inbox.page.getByRole('complementary').innerText()).toContain('Our address\nhelp@example.com\n')
})
