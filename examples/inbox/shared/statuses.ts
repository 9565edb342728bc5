import type { ConversationStatus } from 'participant-conversations'

/** Every status of the model, in the order of a conversation's life. */
export const CONVERSATION_STATUSES = [
  'active',
  'inactive',
  'closed',
  'deleted',
  'unknown',
] as const satisfies readonly ConversationStatus[]
