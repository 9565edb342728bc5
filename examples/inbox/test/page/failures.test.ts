import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CUSTOMER, createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Inbox, openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const alertOf = async ({ alert }: Inbox): Promise<string> => (await alert.innerText()).replaceAll('\n', ' ')
const press = ({ page }: Inbox, name: string): Promise<void> => page.getByRole('button', { name }).click()

describe('a provider that fails', () => {
  test('at first, and recovers: the others are shown, then its own too', async () => {
    const { providers, standIn, ids, newestFirst } = createAccounts({ twilio: onTwilio(9), bird: onBird(14) })
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'bird', status: 503 })

    await inbox.searchFor(CUSTOMER)
    await inbox.alert.waitFor()
    expect(await alertOf(inbox)).toContain('Bird does not answer. Showing Twilio’s.')
    expect(await inbox.ids()).toEqual(ids.slice(0, 9))

    await press(inbox, 'Try again')
    await inbox.end.waitFor()
    await inbox.rows.nth(22).waitFor()
    expect(await inbox.alert.count()).toBe(0)
    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('midway, and recovers: nothing is missing in the end, nothing comes twice, and what is shown stays', async () => {
    const { providers, standIn, ids, newestFirst } = createAccounts({
      twilio: onTwilio(160),
      bird: onBird(40),
    })
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'twilio', page: 3, networkError: true, times: 2 })

    await inbox.searchFor(CUSTOMER)
    await inbox.end.waitFor()
    expect(await alertOf(inbox)).toContain('Twilio does not answer. Showing some of Twilio’s and Bird’s.')
    const shown = await inbox.ids()
    expect(new Set(shown)).toEqual(new Set([...ids.slice(0, 100), ...ids.slice(160)]))

    const requests = standIn.requests.length
    await press(inbox, 'Try again')
    await expect.poll(() => standIn.requests.length).toBeGreaterThan(requests)
    await inbox.alert.waitFor()
    expect(await inbox.ids()).toEqual(shown)

    await press(inbox, 'Try again')
    await inbox.alert.waitFor({ state: 'detached' })
    await inbox.end.waitFor()
    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('again and again: it is asked once for each try, and what is shown stays', async () => {
    const { providers, standIn, ids, newestFirst } = createAccounts({ twilio: onTwilio(5), bird: onBird(5) })
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'bird', status: 503, times: 3 })
    const birdRequests = () => standIn.requests.filter(({ url }) => url.includes('/workspaces/')).length

    await inbox.searchFor(CUSTOMER)
    for (let tries = 1; tries <= 3; tries += 1) {
      await expect.poll(birdRequests).toBe(tries)
      await inbox.alert.waitFor()
      expect(await inbox.ids()).toEqual(ids.slice(0, 5))
      await press(inbox, 'Try again')
    }

    await inbox.alert.waitFor({ state: 'detached' })
    await inbox.end.waitFor()
    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('is tried again while more is being loaded, which then starts where it failed', async () => {
    const { providers, standIn, newestFirst } = createAccounts({ twilio: onTwilio(60), bird: onBird(380) })
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'twilio', page: 2, status: 503 })
    standIn.fail({ provider: 'bird', page: 4, delayMs: Number.POSITIVE_INFINITY })

    await inbox.searchFor(CUSTOMER)
    await press(inbox, 'Load more')
    await inbox.page.locator('.skeleton').first().waitFor()
    await press(inbox, 'Try again')
    await inbox.page.getByText('These are the first').waitFor()
    await press(inbox, 'Load more')
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
    expect(await inbox.alert.count()).toBe(0)
  })

  test('does not take the focus away with the button that tries again', async () => {
    const { providers, standIn } = createAccounts({ twilio: onTwilio(5), bird: onBird(5) })
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'bird', status: 503 })

    await inbox.searchFor(CUSTOMER)
    await press(inbox, 'Try again')
    await inbox.rows.nth(9).waitFor()

    expect(await inbox.focused()).toBe('Maya Lindqvist')
  })

  test('with all others: an error in place of the list, until one recovers', async () => {
    const { providers, standIn, newestFirst } = createAccounts({ twilio: onTwilio(3), bird: onBird(3) })
    await using inbox = await openInbox(browser, { providers })
    // Twilio is asked for each channel.
    standIn.fail({ provider: 'twilio', status: 429, times: 3 })
    standIn.fail({ provider: 'bird', status: 401 })

    await inbox.searchFor(CUSTOMER)
    await inbox.alert.waitFor()
    expect(await alertOf(inbox)).toContain('No conversations could be loaded')
    expect(await alertOf(inbox)).toContain('Twilio is busy. Bird rejected this server’s credentials.')

    await press(inbox, 'Try again')
    await inbox.end.waitFor()
    expect(await inbox.ids()).toEqual(newestFirst)
  })
})

describe('a cursor that expires', () => {
  const many = () => createAccounts({ twilio: onTwilio(400) })

  test('because the provider forgets it: the list starts again, and is complete', async () => {
    const { providers, standIn, ids, newestFirst } = many()
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'twilio', page: 7, status: 400, code: 21481 })

    await inbox.searchFor(CUSTOMER)
    await press(inbox, 'Load more')
    await inbox.alert.waitFor()
    expect(await alertOf(inbox)).toContain(
      'This place in the list is no longer valid. Start again from the top.',
    )
    expect(await inbox.ids()).toEqual(ids.slice(0, 300))

    await press(inbox, 'Start again')
    await press(inbox, 'Load more')
    await inbox.end.waitFor()
    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('because the server has been restarted: the same', async () => {
    const { providers, newestFirst } = many()
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().waitFor()
    await inbox.restartServer({ cursorSecret: 'the-secret-of-the-next-process-is-another' })
    await press(inbox, 'Load more')
    await press(inbox, 'Start again')
    await press(inbox, 'Load more')
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('does not, if the server is restarted with the same secret', async () => {
    const { providers, newestFirst } = many()
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().waitFor()
    await inbox.restartServer()
    await press(inbox, 'Load more')
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
  })
})

describe('the server of the page', () => {
  test('does not answer at first: an error, and the list once it does', async () => {
    const { providers, newestFirst } = createAccounts({ twilio: onTwilio(3) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.stopServer()
    await inbox.searchFor(CUSTOMER)
    await inbox.alert.waitFor()
    expect(await alertOf(inbox)).toContain('The inbox server does not answer.')

    await inbox.restartServer()
    await press(inbox, 'Try again')
    await inbox.end.waitFor()
    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('does not answer while the list is filtered: the name and the counts return with the list', async () => {
    const { providers } = createAccounts({ bird: onBird(9) })
    await using inbox = await openInbox(browser, { providers })
    await inbox.searchFor(CUSTOMER)
    await inbox.filterBy('Closed')
    await inbox.end.waitFor()

    await inbox.stopServer()
    await inbox.searchFor(CUSTOMER)
    await inbox.alert.waitFor()
    await inbox.restartServer()
    await press(inbox, 'Try again')
    await inbox.end.waitFor()

    await inbox.page.getByRole('heading', { name: 'Maya Lindqvist' }).waitFor()
    await inbox.page.getByText('5 open').waitFor()
  })

  test('goes away midway: what is shown stays, and the list goes on where it was', async () => {
    const { providers, ids, newestFirst } = createAccounts({ twilio: onTwilio(320) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().waitFor()
    await inbox.stopServer()
    await press(inbox, 'Load more')
    await inbox.alert.waitFor()
    expect(await inbox.ids()).toEqual(ids.slice(0, 300))

    await inbox.restartServer()
    await press(inbox, 'Try again')
    await inbox.end.waitFor()
    expect(await inbox.ids()).toEqual(newestFirst)
  })
})
