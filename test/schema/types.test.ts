import {
  type anyConversationSchema,
  type birdConversationSchema,
  conversationSchema,
  type participantSchema,
  type twilioConversationSchema,
} from 'participant-conversations/schema'
import { expectTypeOf, test } from 'vitest'
import type * as z from 'zod'
import type {
  AnyConversation,
  BirdConversation,
  Conversation,
  Participant,
  TwilioConversation,
} from '../../src/index.ts'
import type { SameType } from '../../src/schema/same-type.ts'

type Describes<Schema extends z.ZodType, T> = SameType<z.output<Schema>, T>

test('a schema and its type have the same properties', () => {
  expectTypeOf<Describes<typeof conversationSchema, Conversation>>().toEqualTypeOf<true>()
  expectTypeOf<Describes<typeof anyConversationSchema, AnyConversation>>().toEqualTypeOf<true>()
  expectTypeOf<Describes<typeof twilioConversationSchema, TwilioConversation>>().toEqualTypeOf<true>()
  expectTypeOf<Describes<typeof birdConversationSchema, BirdConversation>>().toEqualTypeOf<true>()
  expectTypeOf<Describes<typeof participantSchema, Participant>>().toEqualTypeOf<true>()
})

test('what a schema returns is what the rest of the library takes', () => {
  expectTypeOf(conversationSchema.parse).returns.toEqualTypeOf<Conversation>()
  expectTypeOf<z.output<typeof anyConversationSchema>>().toExtend<AnyConversation>()
  expectTypeOf<z.output<typeof twilioConversationSchema>>().toExtend<TwilioConversation>()
  expectTypeOf<z.output<typeof birdConversationSchema>>().toExtend<BirdConversation>()
  expectTypeOf<z.output<typeof participantSchema>>().toExtend<Participant>()
})

test('dates are taken as text too', () => {
  type Input = z.input<typeof conversationSchema>
  expectTypeOf<Input['createdAt']>().toEqualTypeOf<Date | string | null>()
  expectTypeOf<Conversation>().toExtend<Input>()
})

test('a property that only the type or only the schema has does not compile', () => {
  expectTypeOf<SameType<{ a?: string }, { a?: string | undefined }>>().toEqualTypeOf<true>()
  expectTypeOf<SameType<{ a?: string }, { a?: string; b?: string }>>().toEqualTypeOf<false>()
  expectTypeOf<SameType<{ a?: string; b?: string }, { a?: string }>>().toEqualTypeOf<false>()
  expectTypeOf<SameType<{ a?: string }, { a: string }>>().toEqualTypeOf<false>()
  expectTypeOf<SameType<{ a: string }, { a: string | null }>>().toEqualTypeOf<false>()
  expectTypeOf<SameType<{ a: { b?: string }[] }, { a: { c?: string }[] }>>().toEqualTypeOf<false>()
  expectTypeOf<
    SameType<{ a: Record<string, string> }, { a: Record<string, number> }>
  >().toEqualTypeOf<false>()
})
