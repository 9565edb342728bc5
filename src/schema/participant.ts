import * as z from 'zod/v4'
import type { Participant } from '../index.ts'
import { nullableText } from './scalars.ts'

/**
 * A `Participant` of a conversation, as it is stored or received. What it returns can be passed to
 * `listParticipantConversations()`.
 *
 * @example
 * const participant = participantSchema.parse(await request.json())
 */
export const participantSchema = z.object({
  provider: z.string(),
  id: nullableText,
  type: nullableText,
  status: nullableText,
  name: nullableText,
  address: nullableText,
  channel: nullableText,
  identity: nullableText,
  userId: nullableText,
  proxyAddress: nullableText,
  projectedAddress: nullableText,
  identifierKey: nullableText,
  identifierValue: nullableText,
})

/** Read-only, as in the model: a listed conversation is then an input too. */
export const participants: z.ZodType<readonly Participant[], readonly Participant[]> =
  z.array(participantSchema)
