import * as z from 'zod/mini'
import { describeKind } from '../../adapter.ts'

/** Checks what a listing depends on. `normalise` reads the rest leniently. The page itself names its list. */
export const twilioPage: z.ZodMiniType<TwilioPage, TwilioPage> = z
  .looseObject({
    meta: z.nullish(z.object({ key: z.nullish(z.string()), next_page_url: z.nullish(z.string()) })),
  })
  .check(
    z.superRefine((page, context) => {
      const list = listOf(page)
      for (const { message, path } of z.safeParse(conversations, list).error?.issues ?? []) {
        // A name from the response may be anything, so it is not shown.
        const name = list === page.conversations ? 'conversations' : 'the list'
        context.addIssue({ code: 'custom', message, path: [name, ...path] })
      }
    }),
  )

const wrong = { error: ({ input }: { input?: unknown }): string => `is ${describeKind(input)}` }

// null in place of an empty list is tolerated.
const conversations = z.nullable(
  z.array(
    z.object({ conversation_sid: z.string(wrong).check(z.refine((sid) => sid !== '', wrong)) }, wrong),
    wrong,
  ),
)

/** The conversations of a page that has passed the schema. */
export function conversationsOf(page: TwilioPage): readonly TwilioParticipantConversation[] {
  // The schema has checked the list to be one of objects with an id, or null; every other property may be missing.
  return (listOf(page) as readonly TwilioParticipantConversation[] | null) ?? []
}

/** The list of a page, under the name that the page gives it. */
function listOf(page: TwilioPage): unknown {
  const key = page.meta?.key ?? 'conversations'
  return Object.hasOwn(page, key) ? page[key] : undefined
}

/** A page as Twilio sends it. */
export type TwilioPage = {
  meta?: { key?: string | null | undefined; next_page_url?: string | null | undefined } | null | undefined
  [list: string]: unknown
}

/**
 * A conversation as Twilio sends it, for one participant: the ParticipantConversation resource of Conversations v1.
 * Everything but the state may be null. Properties that Twilio does not document are kept.
 */
export type TwilioParticipantConversation = {
  account_sid?: string | null
  chat_service_sid?: string | null
  participant_sid?: string | null
  participant_user_sid?: string | null
  participant_identity?: string | null
  participant_messaging_binding?: TwilioMessagingBinding | null
  conversation_sid?: string | null
  conversation_unique_name?: string | null
  conversation_friendly_name?: string | null
  /** JSON in a string. */
  conversation_attributes?: string | null
  /** ISO 8601. */
  conversation_date_created?: string | null
  /** ISO 8601. */
  conversation_date_updated?: string | null
  conversation_created_by?: string | null
  conversation_state?: 'inactive' | 'active' | 'closed' | (string & {})
  /** `{}` if no timers are set. */
  conversation_timers?: { date_inactive?: string | null; date_closed?: string | null } | null
  links?: Record<string, string> | null
}

/** How a participant who is not a chat user takes part. */
export type TwilioMessagingBinding = {
  type?: string | null
  /** Has a prefix on some channels: `whatsapp:+12025550123`. */
  address?: string | null
  proxy_address?: string | null
  projected_address?: string | null
  name?: string | null
  level?: string | null
}
