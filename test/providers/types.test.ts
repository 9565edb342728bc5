import { describe, expectTypeOf, it } from 'vitest'
import * as z from 'zod/mini'
import type { SchemasFor } from '../../src/adapter.ts'
import type {
  BirdConversation,
  BirdLastMessage,
  BirdParticipant,
  BirdReferral,
  Conversation,
  HttpOptions,
  TwilioConversation,
  TwilioMessagingBinding,
} from '../../src/index.ts'
import type { ShapeOf } from '../../src/options/schemas.ts'

describe('raw', () => {
  type AnyRecord = Record<string, unknown>

  it('can be passed as a record, as loggers and databases expect', () => {
    expectTypeOf<Conversation['raw']>().toExtend<AnyRecord>()
    expectTypeOf<TwilioConversation['raw']>().toExtend<AnyRecord>()
    expectTypeOf<BirdConversation['raw']>().toExtend<AnyRecord>()
  })

  it('contains objects that can be passed as records', () => {
    expectTypeOf<TwilioMessagingBinding>().toExtend<AnyRecord>()
    expectTypeOf<BirdParticipant>().toExtend<AnyRecord>()
    expectTypeOf<BirdLastMessage>().toExtend<AnyRecord>()
    expectTypeOf<BirdReferral>().toExtend<AnyRecord>()
    expectTypeOf<NonNullable<BirdConversation['raw']['resource']>>().toExtend<AnyRecord>()
  })
})

describe('the compiler checks the schemas of options against their interface, and', () => {
  interface Options extends HttpOptions {
    key: string
    region?: 'eu' | 'us' | undefined
  }
  type Own = Omit<Options, keyof HttpOptions>
  const key = z.string()

  it('accepts a schema of the right type for each option', () => {
    const schemas = { key, region: z.optional(z.enum(['eu', 'us'])) }
    expectTypeOf(schemas).toExtend<SchemasFor<Own>>()
    expectTypeOf(schemas).toExtend<ShapeOf<Own>>()
  })

  it('rejects a missing option', () => {
    const schemas = { key }
    expectTypeOf(schemas).not.toExtend<SchemasFor<Own>>()
    expectTypeOf(schemas).not.toExtend<ShapeOf<Own>>()
  })

  it('rejects a schema of another type', () => {
    const schemas = { key, region: z.optional(z.string()) }
    expectTypeOf(schemas).not.toExtend<SchemasFor<Own>>()
    expectTypeOf(schemas).not.toExtend<ShapeOf<Own>>()
  })

  it('rejects a schema without an option', () => {
    // @ts-expect-error -- there is no option of this name
    const schemas = { key, region: z.optional(z.enum(['eu'])), zone: z.string() } satisfies SchemasFor<Own>
    expectTypeOf(schemas).toExtend<SchemasFor<Own>>()
  })
})
