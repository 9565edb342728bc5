import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CUSTOMER, createAccounts, onTwilio } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { type Inbox, openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const alertOf = async ({ alert }: Inbox): Promise<string> => (await alert.innerText()).replaceAll('\n', ' ')
const press = ({ page }: Inbox, name: string): Promise<void> => page.getByRole('button', { name }).click()

describe('nothing to show', () => {
  test('for a customer without conversations', async () => {
    const { providers } = createAccounts({})
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor('+1 (202) 555-0199')

    await inbox.page.getByText('There are no conversations with this customer yet.').waitFor()
  })

  test('with a status: the others are a click away', async () => {
    const { providers, newestFirst } = createAccounts({ twilio: onTwilio(2) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.filterBy('Deleted')
    await inbox.page.getByText('No deleted conversations').waitFor()
    expect(await inbox.page.getByRole('radio', { name: 'Deleted' }).isVisible()).toBe(true)
    await press(inbox, 'Show all')
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
    expect(await inbox.focused()).toBe(CUSTOMER)
  })

  test('for what is no address: the reason, with examples', async () => {
    const { providers } = createAccounts({})
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor('202 555 0123')
    await inbox.alert.waitFor()

    expect(await alertOf(inbox)).toContain('“202 555 0123” cannot be looked up')
    expect(await alertOf(inbox)).toContain('such as +1 202 555 0123, or an e-mail address')
    expect(await inbox.alert.getByRole('button').count()).toBe(0)
    const field = inbox.page.getByRole('searchbox')
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await field.getAttribute('aria-invalid')).toBe('true')
  })

  test('for a number without its plus: the number with it is a click away', async () => {
    const email = 'maya@example.com'
    const { providers, newestFirst } = createAccounts({ twilio: [...onTwilio(2), ...onTwilio(1, email)] })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(`12025550123, ${email}`)
    await press(inbox, 'Search for +12025550123')
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
    expect(await inbox.page.getByRole('searchbox').inputValue()).toBe(`${CUSTOMER}, ${email}`)
  })

  test('for what only one provider can look up: the other one is named', async () => {
    const { providers } = createAccounts({})
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor('identity:maya')

    await inbox.page
      .getByText('There are no conversations with this customer yet. Bird cannot look this up.')
      .waitFor()
  })
})
