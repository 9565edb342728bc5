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

    await inbox.page.getByText('There are no conversations with +1 (202) 555-0199 yet.').waitFor()
  })

  test('with a status: the others are a click away', async () => {
    const { providers, newestFirst } = createAccounts({ twilio: onTwilio(2) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.filterBy('Deleted')
    await inbox.page.getByText('No deleted conversations').waitFor()
    await press(inbox, 'Show all')
    await inbox.end.waitFor()

    expect(await inbox.ids()).toEqual(newestFirst)
  })

  test('for what is no address: the reason, with examples', async () => {
    const { providers } = createAccounts({})
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor('202 555 0123')
    await inbox.alert.waitFor()

    expect(await alertOf(inbox)).toContain('such as +1 202 555 0123, or an e-mail address')
    expect(await inbox.page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  })
})
