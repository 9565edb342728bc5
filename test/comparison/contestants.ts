import twilioPackage from 'twilio'
import { listParticipantConversations, twilio } from '../../src/index.ts'
import { accountSid, address, authToken } from './account.ts'
import { LoopbackRequestClient } from './official-client.ts'
import type { Setting } from './setting.ts'

/** What a caller does with one conversation. */
export type Handler = (sid: string) => unknown

export interface Contestant {
  /** Lists all conversations of the participant, one by one, with default options. */
  readonly list: (setting: Setting, handle: Handler) => Promise<void>
  /** Lists them into an array, with no credentials in the options or the environment. */
  readonly listWithoutCredentials: (setting: Setting) => Promise<unknown>
}

export const contestants = {
  twilio: {
    // `each()` rather than `list()`, so that conversations before an error count.
    list: (setting, handle) =>
      new Promise((resolve, reject) => {
        const client = twilioPackage(accountSid, authToken, {
          httpClient: new LoopbackRequestClient(setting),
        })
        client.conversations.v1.participantConversations.each({
          address,
          callback: ({ conversationSid }) => handle(conversationSid),
          done: (error?: unknown) => (error ? reject(error) : resolve()),
        })
      }),
    listWithoutCredentials: async (setting) => {
      const client = twilioPackage(undefined, undefined, { httpClient: new LoopbackRequestClient(setting) })
      return client.conversations.v1.participantConversations.list({ address })
    },
  },
  'participant-conversations': {
    list: async ({ providerUrl, timeoutMs }, handle) => {
      const provider = twilio({ accountSid, authToken, baseUrl: providerUrl, timeoutMs })
      for await (const { id } of listParticipantConversations({ provider, participant: { address } })) {
        await handle(id)
      }
    },
    listWithoutCredentials: async ({ providerUrl }) => {
      const provider = twilio({ baseUrl: providerUrl })
      return listParticipantConversations({ provider, participant: { address } }).toArray()
    },
  },
} satisfies Record<string, Contestant>

export type ContestantName = keyof typeof contestants
