import { check, checkIds, quote, sameJson, walk } from './assert.ts'
import type { ConformanceCase } from './context.ts'
import { checkModel } from './model.ts'
import { pagesOf } from './pages.ts'

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
      const provider = context.create(context.serve(pagesOf(context, [2, 2])))
      for await (const { requestId, total } of context.list(provider).pages()) {
        check(
          requestId === null || typeof requestId === 'string',
          `the requestId of a page is ${quote(requestId)}: it must be a string or null`,
        )
        check(
          total === null || (typeof total === 'number' && total >= 0),
          `the total of a page is ${quote(total)}: it must be a number or null`,
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
    name: "keeps the provider's object in raw, unchanged",
    async run(context) {
      const server = context.serve(pagesOf(context, [3]))
      const conversations = await context.list(context.create(server)).toArray()
      const [body = ''] = server.bodies
      const sent = [...walk(parse(body), '')].map(({ value }) => value)
      for (const { id, raw } of conversations) {
        check(
          typeof raw === 'object' && raw !== null,
          `raw of ${id} is ${quote(raw)}: it must be the provider's object`,
        )
        // The responses of a provider that does not send JSON cannot be compared.
        check(
          sent.length === 1 || sent.some((value) => sameJson(value, raw)),
          `raw of ${id} is ${quote(raw)}, which is not in the response: it must be the provider's object, whole and unchanged`,
        )
      }
      check(
        new Set(conversations.map(({ raw }) => raw)).size === conversations.length,
        'several conversations share one raw object: each must have its own',
      )
    },
  },
]

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
