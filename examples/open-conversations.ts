/** Part of an app: a customer's open conversations, newest first, for the sidebar of a support desk. */
import { listParticipantConversations, twilio } from 'participant-conversations'

export interface InboxEntry {
  id: string
  title: string
  updatedAt: Date | null
}

export async function openConversations(phoneNumber: string): Promise<InboxEntry[]> {
  const list = listParticipantConversations({
    provider: twilio(),
    participant: { phone: phoneNumber },
    status: 'active',
  })
  const entries: InboxEntry[] = []
  for await (const { id, title, updatedAt } of list) {
    entries.push({ id, title: title ?? 'Untitled', updatedAt })
  }
  return entries.sort((a, b) => Number(b.updatedAt) - Number(a.updatedAt))
}
