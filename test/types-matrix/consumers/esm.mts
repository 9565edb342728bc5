import * as everything from 'participant-conversations'
import * as birdOnly from 'participant-conversations/bird'
import * as testing from 'participant-conversations/testing'
import * as twilioOnly from 'participant-conversations/twilio'

export async function fromTwilio(): Promise<string | null | undefined> {
  const provider = everything.twilio({ accountSid: 'AC0', authToken: 'x', timeoutMs: 1000 })
  for await (const conversation of everything.listParticipantConversations({
    provider,
    participant: { identity: 'jo' },
    status: ['active', 'inactive'],
  })) {
    const createdAt: Date | null = conversation.createdAt
    if (createdAt !== null) return conversation.raw.conversation_sid
  }
  // @ts-expect-error Twilio knows no participant ids.
  everything.listParticipantConversations({ provider, participant: { id: 'x' } })
  return null
}

export async function fromBird(): Promise<string[]> {
  const provider = birdOnly.bird({ channelId: 'x' })
  const pages = birdOnly.listParticipantConversations({ provider, participant: { id: 'x' } }).pages()
  const ids: string[] = []
  for await (const { items } of pages) for (const { raw } of items) ids.push(raw.id)
  return ids
}

/** The entries share their types. */
export const providers: everything.ConversationProvider[] = [twilioOnly.twilio(), birdOnly.bird()]

export function describe(error: unknown): string | null {
  if (error instanceof twilioOnly.RateLimitError) return `${error.status} ${error.retryAfterMs}`
  return error instanceof everything.ConversationsError ? error.cursor : null
}

export const adapter: everything.ConversationProvider<everything.AnyConversation, { id: string }> = {
  name: 'own',
  scope: '',
  capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
  async listPage({ signal }) {
    if (signal.aborted) throw signal.reason
    return { items: [], nextPageToken: null, requestId: null, total: null }
  },
}

export const standIn: testing.StandIn = testing.createStandIn({})
export const provider = everything.twilio({ fetch: standIn.fetch })
