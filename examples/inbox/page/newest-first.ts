import type { InboxConversation } from '../shared/api.ts'
import { dateOf } from './dates.ts'

/** When something last happened in a conversation: what its row says, and what the list is sorted by. */
export function lastActivity({ lastMessage, updatedAt, createdAt }: InboxConversation): Date | null {
  return dateOf(lastMessage?.createdAt) ?? dateOf(updatedAt) ?? dateOf(createdAt)
}

/** Sorts what came provider by provider. Those without a date are last; the id settles the order of the same minute. */
export function newestFirst(conversations: Iterable<InboxConversation>): InboxConversation[] {
  return [...conversations]
    .map((conversation) => ({ conversation, time: lastActivity(conversation)?.getTime() ?? 0 }))
    .sort((one, other) => other.time - one.time || compare(one.conversation.id, other.conversation.id))
    .map(({ conversation }) => conversation)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
