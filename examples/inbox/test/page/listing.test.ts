import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundBy } from '../../server/sample-conversations.ts'
import { CUSTOMER, createAccounts, NOW, onBird, onTwilio, WHATSAPP_USER } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('conversations of both providers and all addresses are one list, the newest first', async () => {
  const email = 'maya@example.com'
  const { providers, newestFirst } = createAccounts({
    twilio: [...onTwilio(30), ...onTwilio(20, `whatsapp:${CUSTOMER}`), ...onTwilio(5, 'identity:maya')],
    bird: [...onBird(30), ...onBird(20, email)],
  })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(`${CUSTOMER}, ${email}; identity:maya`)
  await inbox.end.waitFor()

  expect(newestFirst).toHaveLength(105)
  expect(await inbox.ids()).toEqual(newestFirst)
  expect(await inbox.dates()).toEqual((await inbox.dates()).sort().reverse())
  expect(await inbox.summary.textContent()).toBe('105 conversations, newest first')
})

test('the date of the last message counts where there is one, and a conversation without a date is last', async () => {
  const bird = onBird(4).map((raw, index) => ({
    ...raw,
    id: `0000000${index}-0000-4000-8000-000000000000`,
    createdAt: null,
    updatedAt: ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', null, 'yesterday'][index] ?? null,
    lastMessage:
      index === 0 && raw.lastMessage ? { ...raw.lastMessage, createdAt: '2026-03-03T00:00:00Z' } : null,
  }))
  const { providers } = createAccounts({ bird: [...bird].reverse() })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  expect((await inbox.ids()).map((id) => id.slice(7, 8))).toEqual(['0', '1', '2', '3'])
})

describe('a customer with more than 300 conversations', () => {
  const accounts = () => createAccounts({ twilio: onTwilio(250), bird: onBird(150) })

  test('sees the first 300, and that newer ones may be missing', async () => {
    const { providers, ids } = accounts()
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.page.getByText('These are the first 300, newest first.').waitFor()

    expect(new Set(await inbox.ids())).toEqual(new Set(ids.slice(0, 300)))
    expect(await inbox.dates()).toEqual((await inbox.dates()).sort().reverse())
    expect(await inbox.summary.textContent()).toBe('The first 300 conversations, newest first')
  })

  test('loads the rest, which takes its place among them', async () => {
    const { providers, newestFirst } = accounts()
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.page.getByRole('button', { name: 'Load more' }).click()
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
    expect(await inbox.summary.textContent()).toBe('400 conversations, newest first')
    expect(await inbox.focused()).toBe('Maya Lindqvist')
  })
})

test('a conversation that the customer is in with two addresses is shown once', async () => {
  const bySms = onTwilio(3)
  const byWhatsApp = bySms.slice(0, 1).map((raw) => foundBy(`whatsapp:${CUSTOMER}`, raw))
  const { providers } = createAccounts({ twilio: [...bySms, ...byWhatsApp] })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  expect(await inbox.ids()).toEqual(bySms.map((raw) => raw.conversation_sid))
})

test('the status filter lists again, and shows that status alone', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(70), bird: onBird(70) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.rows.first().waitFor()
  await inbox.filterBy('Inactive')
  await inbox.end.waitFor()

  const statuses = await inbox.page.locator('.row .status').allTextContents()
  expect(new Set(statuses)).toEqual(new Set(['Inactive']))
  expect(statuses).toHaveLength(10)
})

test('the same search again lists again', async () => {
  const { providers, standIn } = createAccounts({ twilio: onTwilio(5) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()
  const requests = standIn.requests.length
  await inbox.searchFor(CUSTOMER)
  await expect.poll(() => standIn.requests.length).toBe(2 * requests)
  await inbox.end.waitFor()

  expect(await inbox.rows.count()).toBe(5)
})

test('a row says provider, channel, status, last message and how long ago', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1, `whatsapp:${CUSTOMER}`), bird: onBird(1) })
  await using inbox = await openInbox(browser, { providers }, {}, NOW)

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  expect(await inbox.rows.first().innerText()).toMatch(
    /^Where is my order\?\n4 minutes ago\n+\+12025550123 to \+12025550100\n+Twilio\nWhatsApp\nActive$/,
  )
  expect(await inbox.rows.last().innerText()).toMatch(
    /^Where is my order\?\n4 minutes ago\n+Robin: It left our warehouse.+\n+Bird\n\+12025550100\nActive$/,
  )
})

test('a customer whom WhatsApp shows without a number is found', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1, WHATSAPP_USER), bird: onBird(1, WHATSAPP_USER) })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(WHATSAPP_USER)
  await inbox.end.waitFor()

  expect(await inbox.rows.first().innerText()).toMatch(/\nTwilio\nWhatsApp\n/)
  expect(await inbox.rows.last().innerText()).toMatch(/\nBird\nWhatsApp\n/)
})

test('the details have dates, participants, our number and the service, and no more of what the provider sent', async () => {
  const { providers } = createAccounts({ twilio: onTwilio(1), bird: onBird(2) })
  await using inbox = await openInbox(browser, { providers }, {}, NOW)

  await inbox.searchFor(CUSTOMER)
  await inbox.rows.last().click()
  const onBirds = inbox.page.getByRole('complementary', { name: 'Wrong size, please exchange' })
  expect(await onBirds.innerText()).toMatch(
    /Thank you, the label works[\s\S]+Maya Lindqvist[\s\S]+Kim[\s\S]+Updated\n50 minutes ago · Mar 4, [^2]+\n[\s\S]+Our number\n\+12025550100\n/,
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
