import * as z from 'zod/mini'
import { CONVERSATION_STATUSES } from '../model/conversation.ts'
import { callback, matches, text, wholeNumber } from '../options/schemas.ts'
import type { ConversationProvider } from './provider.ts'

/** Checks what adapters declare, since custom ones may be written without types. */

const STATUSES = `must be an array of ${CONVERSATION_STATUSES.join(', ')}`

const declaration = z.object({
  name: text('must be a non-empty string'),
  scope: z.string('must be a string'),
  capabilities: z.object(
    {
      maxPageSize: wholeNumber(1),
      statusFilter: z.enum(['one', 'none'], `must be 'one' or 'none'`),
      statuses: z
        .array(z.enum(CONVERSATION_STATUSES, STATUSES), STATUSES)
        .check(z.refine((list) => list.length > 0, STATUSES)),
      notFound: z.optional(z.enum(['empty', 'error'], `must be 'empty' or 'error'`)),
    },
    'must be an object',
  ),
  listOptions: z.optional(
    z.custom((schema) => '~standard' in Object(schema), 'must be a schema, such as one of zod'),
  ),
  lookups: z.optional(callback()),
  lists: z.optional(callback()),
  pageTokenIdentity: z.optional(callback()),
})

/** A provider, used as it is. */
export const providerSchema: z.ZodMiniType<ConversationProvider> = z
  .custom<ConversationProvider>(
    (value) => typeof Object(value).listPage === 'function',
    'must be a provider, such as twilio() or bird()',
  )
  .check(matches(() => declaration))
