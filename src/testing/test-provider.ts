import type { AnyConversation } from '../model/conversation.ts'
import type { ParticipantRef } from '../model/participant.ts'
import { runCase, type TestProviderOptions } from './conformance/context.ts'
import { contractCases } from './conformance/contract-cases.ts'
import { dataCases } from './conformance/data-cases.ts'
import { errorCases } from './conformance/error-cases.ts'
import { pagingCases } from './conformance/paging-cases.ts'
import { statusCases } from './conformance/status-cases.ts'

export type { TestProviderOptions, WirePage } from './conformance/context.ts'

/**
 * Tests an adapter of one's own: registers about thirty tests with a test runner. They play the adapter's provider
 * behind a `fetch` of their own, and drive the adapter through `listParticipantConversations()`. A test that fails says
 * what the adapter does wrong.
 *
 * What differs between providers is given in three small functions: how a request carries its page token, and what the
 * answers look like that hold a page or an error.
 *
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
export function testProvider<C extends AnyConversation, P extends ParticipantRef>(
  options: TestProviderOptions<C, P>,
): void {
  for (const conformanceCase of [
    ...contractCases,
    ...pagingCases,
    ...statusCases,
    ...errorCases,
    ...dataCases,
  ]) {
    options.test(conformanceCase.name, () => runCase(options, conformanceCase))
  }
}
