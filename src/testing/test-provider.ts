import type { AnyConversation } from '../model/conversation.ts'
import type { ParticipantForm } from '../model/participant.ts'
import { runCase } from './conformance/context.ts'
import { contractCases } from './conformance/contract-cases.ts'
import { dataCases } from './conformance/data-cases.ts'
import { errorCases } from './conformance/error-cases.ts'
import { parseTestOptions, type TestProviderOptions } from './conformance/options.ts'
import { pagingCases } from './conformance/paging-cases.ts'
import { statusCases } from './conformance/status-cases.ts'

export type { TestProviderOptions } from './conformance/options.ts'
export type { WirePage } from './conformance/wire-page.ts'

/**
 * Tests a custom adapter: registers about thirty tests with a test runner. They play the adapter's
 * provider behind a `fetch` and drive the adapter through `listParticipantConversations()`. A test that fails says what
 * the adapter does wrong.
 *
 * Three small functions describe the provider: where a request has its page token, and what responses with a page and
 * with an error look like.
 *
 * @throws ConfigurationError that names every invalid option
 * @example
 * import { testProvider } from 'participant-conversations/testing'
 * import { describe, test } from 'vitest'
 *
 * describe('the Example adapter', () => {
 *   testProvider({
 *     test,
 *     createProvider: (fetch) => example({ apiKey: 'a-secret-key', fetch }),
 *     participant: { id: 'contact-1' },
 *     readPageToken: (request) => new URL(request.url).searchParams.get('after'),
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
  for (const conformanceCase of [
    ...contractCases,
    ...pagingCases,
    ...statusCases,
    ...errorCases,
    ...dataCases,
  ]) {
    checked.test(conformanceCase.name, () => runCase(checked, conformanceCase))
  }
}
