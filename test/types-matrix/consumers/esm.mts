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

/** A provider that is chosen at run time needs no annotation. */
export async function fromEither(isOnBird: boolean): Promise<(string | null | undefined)[]> {
  const provider = isOnBird ? birdOnly.bird() : twilioOnly.twilio({ accessToken: () => 'x' })
  const list = everything.listParticipantConversations({ provider, participant: { address: '+12025550123' } })
  const ids: (string | null | undefined)[] = []
  for await (const conversation of list) {
    ids.push(conversation.provider === 'twilio' ? conversation.raw.conversation_sid : conversation.raw.id)
  }
  // @ts-expect-error Twilio knows no participant ids.
  everything.listParticipantConversations({ provider, participant: { id: 'x' } })
  return ids
}

/** Options are named after their provider. */
export function reversed(provider: ReturnType<typeof birdOnly.bird>): AsyncIterable<{ id: string }> {
  const participant = { id: 'x' }
  // @ts-expect-error It is bird.
  everything.listParticipantConversations({ provider, participant, providerOptions: { brid: {} } })
  const providerOptions = { bird: { reverse: true } }
  return everything.listParticipantConversations({ provider, participant, providerOptions })
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
  async listPage({ signal, providerOptions }) {
    if (signal.aborted || providerOptions.own === undefined) throw signal.reason
    return { items: [], nextPageToken: null, requestId: null, total: null }
  },
}

export const standIn: testing.StandIn = testing.createStandIn({})
export const provider = everything.twilio({ fetch: standIn.fetch })
