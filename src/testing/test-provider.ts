import type { AnyConversation } from '../model/conversation.ts'
import type { ParticipantForm } from '../model/participant.ts'
import { bodyCases } from './conformance/body-cases.ts'
import { runCase } from './conformance/context.ts'
import { contractCases } from './conformance/contract-cases.ts'
import { cursorCases } from './conformance/cursor-cases.ts'
import { dataCases } from './conformance/data-cases.ts'
import { errorCases } from './conformance/error-cases.ts'
import { httpCases } from './conformance/http-cases.ts'
import { mannerOf } from './conformance/manner.ts'
import { parseTestOptions, type TestProviderOptions } from './conformance/options.ts'
import { pageSizeCases } from './conformance/page-size-cases.ts'
import { pagingCases } from './conformance/paging-cases.ts'
import { participantCases } from './conformance/participant-cases.ts'
import { secretCases } from './conformance/secret-cases.ts'
import { statusCases } from './conformance/status-cases.ts'
import { timeLimitCases } from './conformance/time-limit-cases.ts'

export type { TestProviderOptions } from './conformance/options.ts'
export type { WirePage } from './conformance/wire-page.ts'

/**
 * Tests a custom adapter: registers about fifty tests with a test runner. They play the adapter's
 * provider behind a `fetch` and drive the adapter through `listParticipantConversations()`. A test that fails says what
 * the adapter does wrong.
 *
 * Small functions describe the provider: what responses with a page and with an error look like. How the provider pages is
 * part of the adapter's description; for an adapter that is written by hand, `readPageToken` says it.
 *
 * @throws ConfigurationError that names every invalid option, or says what is wrong with `createProvider`
 * @example
 * import { testProvider } from 'participant-conversations/testing'
 * import { describe, test } from 'vitest'
 *
 * describe('the Example adapter', () => {
 *   testProvider({
 *     test,
 *     createProvider: (fetch, http) => example({ apiKey: 'a-secret-key', fetch, ...http }),
 *     participant: { id: 'contact-1' },
 *     respond: ({ conversations, nextPageToken }) =>
 *       Response.json({ items: conversations.map(({ id, status }) => ({ id, state: status })), after: nextPageToken }),
 *     respondError: (status) => Response.json({ error: 'no' }, { status }),
 *     secrets: ['a-secret-key'],
 *   })
 * })
 */
export function testProvider<C extends AnyConversation, F extends ParticipantForm>(
  options: TestProviderOptions<C, F>,
): void {
  const checked = parseTestOptions(options)
  const manner = mannerOf(checked)
  const cases = [
    ...contractCases,
    ...participantCases,
    ...pagingCases,
    ...pageSizeCases,
    ...cursorCases,
    ...statusCases,
    ...errorCases,
    ...httpCases,
    ...timeLimitCases,
    ...bodyCases,
    ...secretCases,
    ...dataCases,
  ]
  for (const conformanceCase of cases) {
    if (conformanceCase.appliesTo?.(manner, checked) === false) continue
    checked.test(conformanceCase.name, () => runCase(checked, manner, conformanceCase))
  }
}
