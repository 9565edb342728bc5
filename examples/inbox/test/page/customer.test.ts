import { bird } from 'participant-conversations'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BIRD, CHANNEL_ID, CUSTOMER, createAccounts, onBird, onTwilio } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const EMAIL = 'maya@example.com'

describe('the header', () => {
  test('has the name, the addresses, and how many conversations are open on which provider', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(5, EMAIL), bird: onBird(9) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(`${CUSTOMER}, ${EMAIL}, identity:maya`)
    await inbox.end.waitFor()

    const text = await inbox.page.locator('.customer').innerText()
    expect(text.replace(/\s+/g, ' ')).toBe(
      `Maya Lindqvist ${CUSTOMER} ${EMAIL} maya 8 open 3 on Twilio 5 on Bird`,
    )
  })

  test('counts what is open whatever the list is filtered by', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(5), bird: onBird(9) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.filterBy('Closed')
    await inbox.end.waitFor()

    await inbox.page.getByText('8 open').waitFor()
    expect(await inbox.page.locator('.row [data-status=active]').count()).toBe(0)
  })

  test('does not count a provider that has failed, or that cannot look the customer up', async () => {
    const { providers, standIn } = createAccounts({
      twilio: [...onTwilio(2), ...onTwilio(2, 'identity:maya')],
      bird: onBird(2),
    })
    await using inbox = await openInbox(browser, { providers })
    standIn.fail({ provider: 'bird', status: 503 })

    for (const address of [CUSTOMER, 'identity:maya']) {
      await inbox.searchFor(address)
      await inbox.end.waitFor()
      expect(await inbox.page.locator('.open-counts').innerText()).toContain('unknown on Bird')
    }
  })

  test('says of how many, where there are more', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(301) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)

    await inbox.page.getByText(/\d+ open of the first 300/).waitFor()
  })

  test('does not count a provider that the listing has not reached', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(301), bird: onBird(9) })
    await using inbox = await openInbox(browser, { providers })
    const counts = inbox.page.locator('.open-counts .badge')

    await inbox.searchFor(CUSTOMER)
    await inbox.page.getByText('of the first 300').waitFor()
    expect(await counts.allInnerTexts()).toEqual([
      expect.stringMatching(/^\d+ or more on Twilio$/),
      'unknown on Bird',
    ])

    await inbox.page.getByRole('button', { name: 'Load more' }).click()
    await inbox.end.waitFor()
    expect(await counts.allInnerTexts()).toEqual([expect.stringMatching(/^\d+ on Twilio$/), '5 on Bird'])
  })
})

describe('a channel', () => {
  const badgeOf = async (options: Parameters<typeof openInbox>[1]): Promise<string> => {
    await using inbox = await openInbox(browser, options)
    await inbox.searchFor(CUSTOMER)
    return await inbox.page.locator('.row .badge').nth(1).innerText()
  }
  const accounts = () => createAccounts({ bird: onBird(1) })

  test('has the name that somebody has given it', async () => {
    expect(await badgeOf({ ...accounts(), channelNames: { [CHANNEL_ID]: 'Help desk' } })).toBe('Help desk')
  })

  test('else has our address', async () => {
    expect(await badgeOf(accounts())).toBe('+12025550100')
  })

  test('else has the beginning of its id', async () => {
    const { fetch } = accounts().standIn
    expect(await badgeOf({ providers: [bird({ ...BIRD, channelId: CHANNEL_ID, fetch })] })).toBe(
      'Channel 000000',
    )
  })
})

describe('the details', () => {
  test('have what every conversation has, and apart from it what the business has noted', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(1) })
    await using inbox = await openInbox(browser, { providers })

    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().click()

    const system = await inbox.page.getByRole('region', { name: 'Conversation', exact: true }).innerText()
    const attributes = await inbox.page.getByRole('region', { name: 'Attributes' }).innerText()
    expect(system).toMatch(/Updated[\s\S]+Our number[\s\S]+Service[\s\S]+Id/)
    expect(system).not.toContain('ticket')
    expect(attributes).toMatch(/ticket\n4821\npriority\nnormal\ntags\ndelivery/)
  })

  test('lead to the console of the provider, if somebody has said where that is', async () => {
    const { providers, ids } = createAccounts({ twilio: onTwilio(1), bird: onBird(1) })
    const consoleUrls = { twilio: 'https://console.example.com/{serviceId}/{id}' }
    await using inbox = await openInbox(browser, { providers, consoleUrls })
    await inbox.searchFor(CUSTOMER)
    await inbox.end.waitFor()

    await inbox.page.locator(`[data-key="twilio ${ids[0]}"]`).click()
    const link = inbox.page.getByRole('link', { name: 'Open in Twilio' })
    expect(await link.getAttribute('href')).toBe(`https://console.example.com/IS${'0'.repeat(32)}/${ids[0]}`)
    expect(await link.getAttribute('rel')).toBe('noreferrer')

    await inbox.page.locator(`[data-key="bird ${ids[1]}"]`).click()
    await inbox.page.getByRole('region', { name: 'Participants' }).waitFor()
    expect(await link.count()).toBe(0)
  })
})

describe('a click copies', () => {
  test('ids and addresses, and says so for a while', async () => {
    const { providers, ids } = createAccounts({ twilio: onTwilio(1) })
    const permissions = ['clipboard-read', 'clipboard-write']
    await using inbox = await openInbox(browser, { providers }, { permissions })
    await inbox.page.clock.install()
    const copied = () => inbox.page.evaluate(() => navigator.clipboard.readText())
    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().click()

    for (const text of [ids[0] ?? '', '+12025550100', CUSTOMER]) {
      await inbox.page.getByRole('button', { name: `Copy ${text}` }).click()
      await inbox.page.getByText('Copied').last().waitFor()
      expect(await copied()).toBe(text)
    }
    await inbox.page.clock.runFor(2_000)
    await inbox.page.getByText('Copied').first().waitFor({ state: 'detached' })
  })

  test('a second time, which is read out again', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(1) })
    await using inbox = await openInbox(browser, { providers }, { permissions: ['clipboard-write'] })
    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().click()
    const button = inbox.page.getByRole('button', { name: 'Copy +12025550100' })
    const copy = inbox.page.locator('.copy', { has: button })

    const heard = await copy.evaluate(async (element) => {
      const heard: (string | null)[] = []
      const button = element.querySelector('button')
      const feedback = element.querySelector('.feedback')
      await new Promise<void>((resolve) => {
        new MutationObserver(() => {
          heard.push(feedback?.textContent ?? null)
          // At once: the first feedback is still there.
          if (heard.length === 1) button?.click()
          if (heard.length === 3) resolve()
        }).observe(element, { childList: true, characterData: true, subtree: true })
        button?.click()
      })
      return heard
    })

    expect(heard).toEqual(['Copied', '', 'Copied'])
  })

  test('or says that the browser does not let it', async () => {
    const { providers } = createAccounts({ twilio: onTwilio(1) })
    await using inbox = await openInbox(browser, { providers })
    await inbox.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))
    })
    await inbox.searchFor(CUSTOMER)
    await inbox.rows.first().click()

    await inbox.page.getByRole('button', { name: 'Copy +12025550100' }).click()

    await inbox.page.getByText('Could not copy').waitFor()
  })
})
