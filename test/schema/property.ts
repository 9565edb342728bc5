import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { conversationSchema } from 'participant-conversations/schema'
import * as z from 'zod'
import { type Conversation, listParticipantConversations, twilio } from '../../src/index.ts'
import { address, listFromBird, recordingFetch } from '../support/listing.ts'
import { anything, birdObject, twilioObject, wild } from './wire-objects.ts'

const PAGE = 50

const jsonSchema = z.toJSONSchema(conversationSchema, { io: 'input' })
const fitsJsonSchema = addFormats.default(new Ajv2020({ strict: true })).compile(jsonSchema)

/** What a provider sends for one page: any number of its objects, each with an id. */
const pages = fc.oneof(
  fc.record({ provider: fc.constant('twilio'), raws: fc.array(twilioObject(wild), { maxLength: PAGE }) }),
  fc.record({ provider: fc.constant('bird'), raws: fc.array(birdObject(wild), { maxLength: PAGE }) }),
)

interface Change {
  readonly where: readonly number[]
  readonly to: unknown
}

/** Something else in the place of a part of a conversation. */
const changes = fc.record<Change>({ where: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), to: anything })

/**
 * Lists as many random conversations, stores each as JSON, and reads it back. Throws for the first one that is not the
 * same, and for the first changed one on which the schema and its JSON Schema disagree.
 */
export async function checkRoundTrips(
  conversations: number,
  parameters: fc.Parameters<unknown> = {},
): Promise<{ conversations: number; changed: number; refused: number }> {
  const outcome = { conversations: 0, changed: 0, refused: 0 }
  while (outcome.conversations < conversations) {
    await fc.assert(
      fc.asyncProperty(pages, changes, async ({ provider, raws }, change) => {
        for (const conversation of await listed(provider, raws)) {
          checkRoundTrip(conversation)
          outcome.conversations += 1
          outcome.changed += 1
          if (!agreeOn(changed(JSON.parse(JSON.stringify(conversation)), change))) outcome.refused += 1
        }
      }),
      { numRuns: 20, ...parameters },
    )
    if (parameters.path !== undefined) break
  }
  return outcome
}

function listed(provider: string, raws: readonly object[]): Promise<Conversation[]> {
  const id = (index: number): string => `c-${index}`
  return provider === 'twilio'
    ? listFromAnyAccount(raws.map((raw, index) => ({ ...raw, conversation_sid: id(index) })))
    : listFromBird({ results: raws.map((raw, index) => ({ ...raw, id: id(index) })) })
}

/** With a token alone, the account is unknown, so that its SID may be anything. */
function listFromAnyAccount(conversations: readonly object[]): Promise<Conversation[]> {
  const { fetch } = recordingFetch(() => ({ conversations, meta: { next_page_url: null } }))
  const provider = twilio({ accessToken: 'token', fetch, retry: { retries: 0 } })
  return listParticipantConversations({ provider, participant: { address } }).toArray()
}

function checkRoundTrip(conversation: Conversation): void {
  const text = JSON.stringify(conversation)
  const { attributes, raw } = conversation
  const expected = { ...conversation, attributes: withoutProto(attributes), raw: withoutProto(raw) }
  assert.deepEqual(conversationSchema.parse(JSON.parse(text)), expected)
  assert.deepEqual(conversationSchema.parse(conversation), expected)
  assert.ok(fitsJsonSchema(JSON.parse(text)), JSON.stringify(fitsJsonSchema.errors))
}

/** zod removes a property of this name from objects that may have any property, and that is well. */
function withoutProto(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '__proto__'))
}

/** Whether a value is taken, by both. */
function agreeOn(value: unknown): boolean {
  const { success, error } = conversationSchema.safeParse(value)
  assert.equal(success, fitsJsonSchema(value), error?.message ?? JSON.stringify(fitsJsonSchema.errors))
  return success
}

/** Follows numbers into a value, one for each level, and replaces what is there, or removes it. */
function changed(value: unknown, { where: [first = 0, ...rest], to }: Change): unknown {
  if (typeof value !== 'object' || value === null) return to
  const names = Object.keys(value)
  const name = names[first % names.length]
  if (name === undefined) return to
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key !== name) return [[key, inner]]
    if (rest.length > 0) return [[key, changed(inner, { where: rest, to })]]
    return to === null ? [] : [[key, to]]
  })
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}
