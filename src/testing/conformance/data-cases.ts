import { check, checkIds, quote, sameJson } from './assert.ts'
import type { ConformanceCase } from './context.ts'
import { checkModel } from './model.ts'
import { pagesOf, statusesOf } from './pages.ts'
import { walk } from './walk.ts'
import { contains } from './wire-body.ts'

export const dataCases: readonly ConformanceCase[] = [
  {
    name: 'yields conversations with every field of the model',
    async run(context) {
      const pages = pagesOf(context, [3])
      const provider = context.create(context.serve(pages))
      for (const conversation of await context.list(provider).toArray()) {
        checkModel(conversation)
        check(
          conversation.provider === provider.name,
          `conversation.provider is ${quote(conversation.provider)}, but the name of the provider is ${quote(provider.name)}`,
        )
      }
    },
  },
  {
    name: 'returns the request id and the total of a page, or null',
    async run(context) {
      const pages = pagesOf(context, [2, 2])
      const all = pages.flat().length
      const provider = context.create(context.serve(pages))
      for await (const { requestId, total } of context.list(provider).pages()) {
        check(
          requestId === null || typeof requestId === 'string',
          `the requestId of a page is ${quote(requestId)}: it must be a string or null`,
        )
        check(
          total === null || total === all,
          `the total of a page is ${quote(total)}: it must be what the provider says, or null. respond() was told to send ${all}`,
        )
      }
    },
  },
  {
    name: 'yields plain data',
    async run(context) {
      const provider = context.create(context.serve(pagesOf(context, [3])))
      for (const conversation of await context.list(provider).toArray()) {
        for (const { value, path } of walk(conversation, 'conversation')) {
          check(isPlain(value), `${path} is ${describe(value)}: it must be plain data`)
        }
        checkIds([structuredClone(conversation)], [conversation], 'in a structured clone')
        JSON.stringify(conversation)
      }
    },
  },
  {
    name: 'yields ids unchanged',
    appliesTo: (_manner, { conversationId }) => conversationId === undefined,
    async run(context) {
      const page = AWKWARD_IDS.map((id) => ({ id, status: statusesOf(context)[0] ?? 'unknown' }))
      const items = await context.list(context.create(context.serve([page]))).toArray()
      checkIds(items, page, 'with ids that look alike, or like something else')
    },
  },
  {
    name: "keeps the provider's object in raw, unchanged",
    async run(context) {
      const server = context.serve(pagesOf(context, [3, 3]))
      const conversations = await context.list(context.create(server)).toArray()
      const sent = server.bodies.flatMap((body) => [...walk(parse(body), '')].map(({ value }) => value))
      const isJson = sent.some((value) => typeof value === 'object' && value !== null)
      for (const { id, raw } of conversations) {
        check(
          typeof raw === 'object' && raw !== null,
          `raw of ${id} is ${quote(raw)}: it must be the provider's object`,
        )
        // The responses of a provider that does not send JSON cannot be compared.
        check(
          !isJson || sent.some((value) => sameJson(value, raw)),
          `raw of ${id} is ${quote(raw)}, which is not in the response: it must be the provider's object, whole and unchanged`,
        )
        const other = conversations.find((one) => one.id !== id && contains(raw, one.id))
        check(
          other === undefined || contains(raw, id),
          `raw of ${id} is that of ${other?.id}: it must be the object that the conversation was made of`,
        )
      }
    },
  },
  {
    name: 'shares no object between conversations',
    async run(context) {
      const provider = context.create(context.serve(pagesOf(context, [3, 3])))
      const owners = new Map<unknown, string>()
      for (const time of ['', ', listed once more,']) {
        for (const conversation of await context.list(provider).toArray()) {
          const owner = `${conversation.id}${time}`
          for (const { value, path } of walk(conversation, 'conversation')) {
            if (typeof value !== 'object' || value === null || Object.isFrozen(value)) continue
            const other = owners.get(value) ?? owner
            check(
              other === owner,
              `${path} is the same object in ${other} and in ${owner}: create it for each conversation, since the caller may change it`,
            )
            owners.set(value, owner)
          }
        }
      }
    },
  },
]

/** Ids that differ in case only, and strings that look like something else. */
const AWKWARD_IDS = ['Conversation-A', 'conversation-a', '007', '7', '1e3', 'null', 'a.b_c-d']

function isPlain(value: unknown): boolean {
  if (['function', 'symbol', 'bigint'].includes(typeof value)) return false
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date)
    return true
  const prototype: unknown = Object.getPrototypeOf(value)
  // The prototype is null, or the `Object.prototype` of this or another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `a ${typeof value}`
  return `an instance of ${Object.getPrototypeOf(value)?.constructor?.name ?? 'a class'}`
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
