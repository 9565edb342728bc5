import { ConversationsError, ResponseValidationError } from '../../model/errors.ts'
import { check, checkIds, collectUntilError } from './assert.ts'
import type { CaseContext, ConformanceCase } from './context.ts'
import { failsAndContinues } from './failing.ts'
import { pagesOf } from './pages.ts'
import { hasList, jsonOf, REMOVED, withBody, withId, withoutLists, withRow } from './wire-body.ts'
import type { Asked } from './wire-server.ts'

type Answer = (asked: Asked) => Response | Promise<Response>

const JSON_TYPE = { headers: { 'content-type': 'application/json' } }
const HTML_TYPE = { headers: { 'content-type': 'text/html' } }

export const bodyCases: readonly ConformanceCase[] = [
  {
    name: 'throws ResponseValidationError for a response that is not JSON, and continues from its cursor',
    async run(context) {
      const fails = (what: string, answer: Answer) =>
        failsAndContinues(context, { what, errorClass: ResponseValidationError, answer })
      await fails('a page of HTML', () => new Response('<!doctype html><title>Sign in</title>', HTML_TYPE))
      if ((await lastPage(context, [0])) === undefined) return
      await fails('an empty response', () => new Response('', JSON_TYPE))
      await fails('a response that ends in the middle', async ({ respond }) => {
        const text = await (await respond()).text()
        return new Response(text.slice(0, text.length / 2), JSON_TYPE)
      })
    },
  },
  {
    name: 'throws an error for a page without its list, and continues from its cursor',
    async run(context) {
      if (await mayOmitList(context)) return
      const fails = (what: string, change: (body: unknown, asked: Asked) => unknown) =>
        failsAndContinues(context, {
          what,
          errorClass: ConversationsError,
          async answer(asked) {
            const response = await asked.respond()
            return withBody(response, change(await jsonOf(response), asked))
          },
        })
      await fails('a page without the list of conversations', (body, { conversations }) =>
        withoutLists(body, conversations),
      )
      await fails('an empty object', () => ({}))
      await fails('null', () => null)
    },
  },
  {
    name: 'reports a conversation without an id, and neither drops nor yields it',
    async run(context) {
      const changes: [what: string, change: (body: unknown, id: string) => unknown][] = [
        ["whose id is ''", (body, id) => withId(body, id, '')],
        ['whose id is missing', (body, id) => withId(body, id, REMOVED)],
        ['that is null', (body, id) => withRow(body, id, null)],
      ]
      for (const [what, change] of changes) await reportsInvalid(context, what, change)
    },
  },
]

/** Checks a listing in which a conversation is not valid, both with and without skipping it. */
async function reportsInvalid(
  context: CaseContext,
  what: string,
  change: (body: unknown, id: string) => unknown,
): Promise<void> {
  const pages = pagesOf(context, [3])
  const invalid = pages.flat()[1]
  if (invalid === undefined) return
  let isChanged = true
  const serve = () =>
    context.serve(pages, {
      async intercept({ respond }) {
        const response = await respond()
        const body = change(await jsonOf(response), invalid.id)
        isChanged = body !== null
        return isChanged ? withBody(response, body) : response
      },
    })
  const { error } = await collectUntilError(context.list(context.create(serve())))
  // Where the id is part of another text, there is nothing to change.
  if (!isChanged) return
  check(
    error instanceof ConversationsError,
    `nothing is thrown for a conversation ${what}: leave it in the items, or return it in invalidConversations, so that onInvalidConversation decides`,
  )
  const options = { onInvalidConversation: 'skip' } as const
  const skipped = await collectUntilError(context.list(context.create(serve()), options))
  // An adapter may refuse the whole page.
  if (skipped.error !== undefined) return
  const others = pages.flat().filter((conversation) => conversation !== invalid)
  checkIds(skipped.items, others, `with a conversation ${what} that onInvalidConversation skips`)
}

/** The body of a page that is the only one, parsed from JSON; undefined if it is not JSON. */
async function lastPage(context: CaseContext, sizes: readonly number[]): Promise<unknown> {
  let body: unknown
  const server = context.serve(pagesOf(context, sizes), {
    async intercept({ respond }) {
      const response = await respond()
      body ??= await jsonOf(response)
      return response
    },
  })
  await collectUntilError(context.list(context.create(server)))
  return body
}

/** Whether a page may be without its list: the description or an empty page says so, or there is no list that is known. */
async function mayOmitList(context: CaseContext): Promise<boolean> {
  if (context.isListOptional === true) return true
  if (!hasList(await lastPage(context, [0]))) return true
  const pages = pagesOf(context, [2])
  return withoutLists(await lastPage(context, [2]), pages.flat()) === null
}
