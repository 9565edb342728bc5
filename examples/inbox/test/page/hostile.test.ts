import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BIRD, CUSTOMER, createAccounts, onBird, onTwilio, TWILIO } from '../support/accounts.ts'
import { launchBrowser } from '../support/browser.ts'
import { openInbox } from '../support/inbox.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg/onload=alert(1)>',
  '</title></script><script>alert(1)</script>',
  'javascript:alert(1)',
  '<iframe srcdoc="<script>parent.alert(1)</script>">',
  '<style>*{display:none}</style>',
  '{{constructor.constructor("alert(1)")()}}',
  '&lt;b&gt;&amp;',
  '__proto__',
]

test('a provider’s markup is text, wherever it is shown', async () => {
  const twilio = onTwilio(HOSTILE.length).map((raw, index) => ({
    ...raw,
    conversation_friendly_name: HOSTILE[index] ?? '',
    conversation_unique_name: HOSTILE[index] ?? '',
    conversation_attributes: JSON.stringify({ [HOSTILE[index] ?? '']: HOSTILE[index] }),
  }))
  const bird = onBird(HOSTILE.length).map((raw, index) => {
    const text = HOSTILE[index] ?? ''
    const people = raw.featuredParticipants?.map((person) => ({ ...person, displayName: text }))
    return {
      ...raw,
      name: text,
      description: text,
      ...(people && { featuredParticipants: people }),
      ...(raw.lastMessage && {
        lastMessage: { ...raw.lastMessage, preview: { text }, sender: people?.[0] ?? null },
      }),
    }
  })
  const { providers } = createAccounts({ twilio, bird })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()
  const titles = await inbox.page.locator('.row-title').allTextContents()
  for (const row of await inbox.rows.all()) {
    await row.click()
  }

  expect(titles.sort()).toEqual([...HOSTILE, ...HOSTILE].sort())
  expect(
    await inbox.page.locator('#root :is(img, script, iframe, style, svg, object, embed, a)').count(),
  ).toBe(0)
  expect(inbox.complaints).toEqual([])
  expect(inbox.requests.every((url) => url.startsWith(inbox.url))).toBe(true)
})

test('text that turns the direction does not turn what stands beside it', async () => {
  const [raw] = onTwilio(1)
  const title = 'Invoice \u202egpj.exe'
  const twilio = [
    { ...raw, conversation_sid: 'CH1', conversation_state: 'active', conversation_friendly_name: title },
  ]
  const { providers } = createAccounts({ twilio })
  await using inbox = await openInbox(browser, { providers })

  await inbox.searchFor(CUSTOMER)
  const shown = inbox.rows.locator('.row-title')

  expect(await shown.textContent()).toBe(title)
  expect(await shown.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate')
})

test('the policy of the page stops markup, scripts and requests that get in all the same', async () => {
  const { providers } = createAccounts({})
  await using inbox = await openInbox(browser, { providers })

  const stopped = await inbox.page.evaluate(async () => {
    const failed = (attempt: () => unknown) =>
      Promise.resolve()
        .then(attempt)
        .then(
          () => false,
          () => true,
        )
    return {
      markup: await failed(() =>
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>'),
      ),
      script: await failed(() => setTimeout('alert(1)')),
      request: await failed(() => fetch('http://127.0.0.1:9/')),
    }
  })

  expect(stopped).toEqual({ markup: true, script: true, request: true })
  expect(inbox.complaints.join()).toContain('Content Security Policy')
  expect(inbox.complaints.join()).not.toContain('dialog')
})

test('no credential reaches the browser, and no URL says who is looked up', async () => {
  const { providers, standIn } = createAccounts({ twilio: onTwilio(40), bird: onBird(40) })
  await using inbox = await openInbox(browser, { providers })
  const bodies: Promise<string>[] = []
  inbox.page.on('response', (response) => bodies.push(response.text().catch(() => '')))
  standIn.fail({ provider: 'bird', status: 401, message: `${BIRD.accessKey} is wrong` })

  await inbox.page.reload()
  await inbox.searchFor(CUSTOMER)
  await inbox.end.waitFor()

  const received = (await Promise.all(bodies)).join()
  expect(received).toContain(CUSTOMER)
  expect(received).not.toContain(TWILIO.authToken)
  expect(received).not.toContain(BIRD.accessKey)
  expect([...inbox.requests, inbox.page.url()].join()).not.toMatch(/2025550123|cursor/)
})

describe('what answers in place of the inbox server', () => {
  test.each([
    ['a proxy’s error in JSON', 403, 'application/json', '{"message":"Forbidden","requestId":"1"}'],
    ['a proxy’s error in HTML', 403, 'text/html', '<html><h1>403 Forbidden</h1></html>'],
    ['a sign-in page', 200, 'text/html', '<html><form>Sign in</form></html>'],
    ['JSON of something else', 200, 'application/json', '{"status":"ok"}'],
    ['nothing', 200, 'application/json', ''],
  ])('%s: is named as that, and the next try works', async (_name, status, contentType, body) => {
    const { providers } = createAccounts({ twilio: onTwilio(2) })
    await using inbox = await openInbox(browser, { providers })
    await inbox.page.route('**/api/conversations', (route) => route.fulfill({ status, contentType, body }), {
      times: 1,
    })

    await inbox.searchFor(CUSTOMER)
    await inbox.alert.waitFor()
    expect(await inbox.alert.innerText()).toContain(
      `Something else answered in place of the inbox server (HTTP ${status}).`,
    )

    await inbox.page.getByRole('button', { name: 'Try again' }).click()
    await inbox.end.waitFor()
    expect(await inbox.rows.count()).toBe(2)
  })
})

describe('a conversation that is not as it should be', () => {
  /** Opens an inbox whose answers are changed on their way. */
  async function openChanged(change: (conversation: Record<string, unknown>) => void) {
    const { providers } = createAccounts({ twilio: onTwilio(2) })
    const inbox = await openInbox(browser, { providers })
    await inbox.page.route('**/api/conversations', async (route) => {
      const response = await route.fetch()
      const page = await response.json()
      change(page.conversations[0])
      await route.fulfill({ response, json: page })
    })
    await inbox.searchFor(CUSTOMER)
    return inbox
  }

  test('because of dates that are none: they are left out', async () => {
    await using inbox = await openChanged((conversation) => {
      conversation.updatedAt = 'yesterday'
      conversation.createdAt = '2026-99-99T00:00:00Z'
    })
    await inbox.end.waitFor()
    await inbox.rows.last().click()

    expect(await inbox.rows.last().locator('time').count()).toBe(0)
    const details = inbox.page.getByRole('region', { name: 'Conversation', exact: true })
    expect(await details.innerText()).not.toMatch(/Updated|Invalid/)
    expect(inbox.complaints).toEqual([])
  })

  test('in its details: the list stays, and so do the others', async () => {
    await using inbox = await openChanged((conversation) => {
      conversation.participants = null
    })
    await inbox.rows.first().click()
    await inbox.page.getByText('This conversation cannot be shown').waitFor()

    await inbox.rows.last().click()
    await inbox.page.getByRole('region', { name: 'Conversation', exact: true }).waitFor()
  })

  test('in the list: a page that says so and starts again, and not a blank one', async () => {
    await using inbox = await openChanged((conversation) => {
      conversation.channel = null
    })
    await inbox.page.getByText('The inbox cannot show this').waitFor()
    expect(await inbox.page.locator('body').innerText()).not.toContain('TypeError')

    await inbox.page.getByRole('button', { name: 'Start again' }).click()
    await inbox.page.getByText('Whose conversations?').waitFor()
  })
})
