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

interface Note extends everything.ConversationFields {
  provider: 'notes'
  raw: { author: string }
}

interface Notes extends everything.ConversationProvider<Note, 'id', { archived?: boolean }> {}

export const notes: Notes = {
  name: 'notes',
  scope: '',
  capabilities: { maxPageSize: 10, statusFilter: 'none', statuses: ['active'] },
  async listPage({ signal, lookup }) {
    if (signal.aborted || lookup.key === '') throw signal.reason
    return { items: [], nextPageToken: null, requestId: null, total: null }
  },
}

/** Several providers and participants need no annotation either, however they are written. */
export async function fromSeveral(isShort: boolean): Promise<(string | null | undefined)[]> {
  const [twilio, bird] = [twilioOnly.twilio(), birdOnly.bird()]
  const frozen = [twilio, bird] as const
  const participant = { address: '+12025550123' }
  const ids: (string | null | undefined)[] = []
  for (const list of [
    everything.listParticipantConversations({ provider: [twilio, bird], participant }),
    everything.listParticipantConversations({ provider: frozen, participant: [participant, { id: 'x' }] }),
    everything.listParticipantConversations({ provider: [twilio, ...(isShort ? [] : [bird])], participant }),
  ]) {
    for await (const conversation of list) {
      ids.push(conversation.provider === 'twilio' ? conversation.raw.conversation_sid : conversation.raw.id)
    }
  }
  const participants = [participant, { identity: 'jo' }, { provider: 'bird', id: 'x' }]
  everything.listParticipantConversations({ provider: [twilio, bird], participant: participants })
  // @ts-expect-error Twilio knows no participant ids.
  everything.listParticipantConversations({ provider: [twilio, bird], participant: { id: 'x' } })
  // @ts-expect-error Neither knows participant ids.
  everything.listParticipantConversations({ provider: [twilio, twilio], participant: [{ id: 'x' }] })
  const authors: string[] = []
  for await (const conversation of everything.listParticipantConversations({
    // Before the provider, which gives it its type.
    filter: (each) => each.provider !== 'bird' || each.raw.channelId === 'x',
    onSourceError: (error, source) => (error.provider === source.provider.name ? 'skip' : 'throw'),
    provider: [twilio, bird, notes],
    participant: [{ id: 'x' }, participant],
    providerOptions: { bird: { reverse: true }, notes: { archived: true } },
  })) {
    if (conversation.provider === 'notes') authors.push(conversation.raw.author)
  }
  // @ts-expect-error A promise is no decision.
  const onSourceError: everything.ListOptions['onSourceError'] = async () => 'skip'
  everything.listParticipantConversations({ provider: twilio, participant, onSourceError })
  return [...ids, ...authors]
}

/** Wrappers keep the types. */
export function all<P extends everything.ConversationProvider>(
  provider: P,
  participant: everything.ParticipantOf<P>,
): Promise<everything.ConversationOf<P>[]> {
  return everything.listParticipantConversations({ provider, participant }).toArray()
}
export function firstOf<P extends everything.ConversationProvider>(
  options: everything.ListOptions<P>,
): Promise<everything.ConversationBatch<everything.ConversationOf<P>>> {
  return everything.listParticipantConversations({ limit: 10, ...options }).first(5)
}
export const sids = all(twilioOnly.twilio(), { identity: 'jo' }).then((found) =>
  found.map(({ raw }) => raw.conversation_sid),
)
export const first = firstOf({
  provider: birdOnly.bird(),
  participant: { id: 'x' },
  filter: ({ raw }) => raw.id !== 'x',
}).then(({ items }) => items.map(({ raw }) => raw.id))
// @ts-expect-error Bird knows no identities.
export const none = all(birdOnly.bird(), { identity: 'jo' })

export const standIn: testing.StandIn = testing.createStandIn({})
export const provider = everything.twilio({ fetch: standIn.fetch })
