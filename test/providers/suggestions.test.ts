import { describe, expect, it, vi } from 'vitest'
import {
  bird,
  ConfigurationError,
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
    ['channelId', 'providerOptions.bird.channelId'],
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
    prefetch: true,
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
