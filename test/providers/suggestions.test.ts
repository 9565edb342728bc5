import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  bird,
  ConfigurationError,
  type ConversationProvider,
  type HttpOptions,
  type ListOptions,
  listParticipantConversations,
  twilio,
} from '../../src/index.ts'
import {
  accessKey,
  accountSid,
  address,
  authToken,
  birdWith,
  channelId,
  fakeProvider,
  fromTwilio,
  recordingFetch,
  thrownBy,
  twilioWith,
  workspaceId,
} from '../support/listing.ts'

const { fetch } = recordingFetch()
const onTwilio = (options: object) => twilio({ accountSid, authToken, ...options })
const onBird = (options: object) => bird({ accessKey, workspaceId, channelId, ...options })
const list = (options: object) =>
  listParticipantConversations({ provider: twilioWith(fetch), participant: { address }, ...options })

const messageOf = (call: () => unknown): string => thrownBy(call, ConfigurationError).message

describe('the error for an unknown option suggests the intended one:', () => {
  it.each([
    ['stauts', 'status'],
    ['state', 'status'],
    ['pageToken', 'cursor'],
    ['per_page', 'pageSize'],
    ['pagesize', 'pageSize'],
    ['abortSignal', 'signal'],
    ['address', 'participant.address'],
  ])('for %s in a listing, %s', (given, meant) => {
    expect(messageOf(() => list({ [given]: 'x' }))).toBe(
      `listParticipantConversations(): unknown option "${given}". Did you mean "${meant}"?`,
    )
  })

  it.each([
    ['timeout', 'timeoutMs'],
    ['timeoutInSeconds', 'timeoutMs'],
    ['maxRetries', 'retry.retries'],
    ['retries', 'retry.retries'],
    ['proxy', 'dispatcher'],
    ['httpsAgent', 'dispatcher'],
    ['baseURL', 'baseUrl'],
    ['header', 'headers'],
  ])('for %s in a provider, %s', (given, meant) => {
    for (const call of [onTwilio, onBird]) {
      expect(messageOf(() => call({ [given]: 1 }))).toContain(
        `unknown option "${given}". Did you mean "${meant}"?`,
      )
    }
  })

  it("for another provider's name for a credential, the right one", () => {
    expect(messageOf(() => onBird({ apiKey: 'x' }))).toContain('Did you mean "accessKey"?')
    expect(messageOf(() => onTwilio({ password: 'x' }))).toContain('Did you mean "authToken"?')
  })

  it('for an option of a provider that is listed, its place; none for one that is not', () => {
    const channelId = 'unknown option "channelId".'
    const suggestion = ' Did you mean "providerOptions.bird.channelId"?'
    for (const provider of [birdWith(fetch), [twilioWith(fetch), birdWith(fetch)]]) {
      expect(messageOf(() => list({ provider, channelId: 'x' }))).toContain(channelId + suggestion)
    }
    expect(messageOf(() => list({ channelId: 'x' }))).toMatch(/unknown option "channelId"\.$/)
  })

  it("for a provider's name, or for an option of it, in providerOptions, the right one", () => {
    const provider = [twilioWith(fetch), birdWith(fetch)]
    expect(messageOf(() => list({ provider, providerOptions: { brid: {} } }))).toContain(
      'unknown option "providerOptions.brid". Did you mean "providerOptions.bird"?',
    )
    expect(messageOf(() => list({ provider, providerOptions: { bird: { revers: true } } }))).toContain(
      'unknown option "providerOptions.bird.revers". Did you mean "providerOptions.bird.reverse"?',
    )
    expect(messageOf(() => list({ providerOptions: { bird: {} } }))).toMatch(
      /unknown option "providerOptions\.bird"\.( Did you mean "providerOptions\.twilio"\?)?$/,
    )
  })

  it('for an option that a custom adapter declares, its place', () => {
    const declaring: ConversationProvider = {
      ...fakeProvider(() => ({ items: [], nextPageToken: null })),
      name: 'notes',
      listOptions: z.strictObject({ folder: z.optional(z.string()) }),
    }
    expect(messageOf(() => list({ provider: declaring, folder: 'in' }))).toContain(
      'unknown option "folder". Did you mean "providerOptions.notes.folder"?',
    )
  })

  it('and nothing if no option is similar', () => {
    expect(messageOf(() => list({ constructor: 1 }))).toContain('unknown option "constructor".')
    expect(messageOf(() => list({ sortBy: 1 }))).toMatch(/unknown option "sortBy"\.$/)
  })
})

describe('the error for an option of the wrong call says where it belongs:', () => {
  const http: Required<HttpOptions> = {
    baseUrl: 'https://gateway.example',
    allowInsecureHttp: true,
    fetch,
    dispatcher: { dispatch: () => true },
    timeoutMs: 1,
    retry: {},
    maxResponseBytes: 1,
    headers: {},
    hooks: {},
  }
  it.each(Object.keys(http))('%s belongs to the provider', (name) => {
    expect(messageOf(() => list({ [name]: http[name as keyof HttpOptions] }))).toBe(
      `listParticipantConversations(): unknown option "${name}". It belongs to the provider: twilio({ ${name} })`,
    )
  })

  it('to the provider of the listing, which it names', () => {
    expect(messageOf(() => list({ provider: birdWith(fetch), maxRetries: 1 }))).toContain(
      '"retry.retries" belongs to the provider: bird({ retry: { retries } })',
    )
  })

  const listing: Record<Exclude<keyof ListOptions, 'provider'>, unknown> = {
    participant: { address },
    status: 'active',
    limit: 1,
    pageSize: 1,
    cursor: 'x',
    cursorSecret: 'x',
    onInvalidConversation: 'skip',
    onSourceError: 'skip',
    filter: () => true,
    prefetch: true,
    concurrency: 1,
    signal: AbortSignal.abort(),
    providerOptions: {},
  }
  it.each(Object.keys(listing))('%s belongs to the listing', (name) => {
    for (const call of [onTwilio, onBird]) {
      expect(messageOf(() => call({ [name]: 1 }))).toContain(
        `unknown option "${name}". It belongs to the listing: listParticipantConversations({ ${name} })`,
      )
    }
  })

  it('an option for one listing belongs to the listing, under the name of the adapter', () => {
    expect(messageOf(() => onBird({ reverse: true }))).toContain(
      'unknown option "reverse". "providerOptions.bird.reverse" belongs to the listing: listParticipantConversations({ providerOptions: { bird: { reverse } } })',
    )
    expect(messageOf(() => onTwilio({ reverse: true }))).not.toContain('providerOptions')
  })

  it("to the listing, even under another library's name", () => {
    expect(messageOf(() => onTwilio({ state: 'active' }))).toContain(
      '"status" belongs to the listing: listParticipantConversations({ status })',
    )
  })
})

describe('option and provider of a ConfigurationError', () => {
  it("distinguish invalid user input, for which a web handler returns 400, from the app's own mistakes", () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', '')
    vi.stubEnv('TWILIO_AUTH_TOKEN', '')
    vi.stubEnv('TWILIO_API_KEY', '')
    try {
      const wrongPageSize = thrownBy(() => list({ pageSize: Number('abc') }), ConfigurationError)
      expect(wrongPageSize).toMatchObject({ option: 'pageSize', provider: null })
      const noCredentials = thrownBy(() => list({ provider: twilio() }), ConfigurationError)
      expect(noCredentials).toMatchObject({ option: 'accountSid', provider: 'twilio' })
    } finally {
      vi.unstubAllEnvs()
    }
  })
})

describe('a conversation passed as the participant', () => {
  it('is refused with a hint to pass its participant', async () => {
    const participant = await fromTwilio({ conversation_sid: 'CH1' })
    const message =
      'listParticipantConversations(): participant is a conversation: pass conversation.participant'
    for (const provider of [twilioWith(fetch), birdWith(fetch)]) {
      expect(messageOf(() => list({ provider, participant }))).toBe(message)
      expect(messageOf(() => list({ provider, participant: JSON.parse(JSON.stringify(participant)) }))).toBe(
        message,
      )
    }
  })
})
