/** The built library: `participant-conversations` is an installed package here, see project.ts. */
import {
  type BirdConversation,
  bird,
  type ConversationList,
  listParticipantConversations,
  type TwilioConversation,
  twilio,
} from 'participant-conversations'
import { ADDRESS, BIRD, TWILIO } from '../support/example-accounts.ts'
import type { List } from './list.ts'

export interface LibraryOptions {
  readonly prefetch?: boolean
  readonly fetch?: typeof globalThis.fetch
}

/** Lists with the Twilio adapter. */
export function twilioListing(
  baseUrl: string,
  { prefetch, fetch }: LibraryOptions = {},
): ConversationList<TwilioConversation> {
  const provider = twilio({ ...TWILIO, baseUrl, fetch })
  return listParticipantConversations({ provider, participant: { address: ADDRESS }, prefetch })
}

/** A customer on both providers: three channels of a phone number on Twilio, and one on Bird. */
export function customerListing(
  baseUrl: string,
  concurrency: number,
): ConversationList<TwilioConversation | BirdConversation> {
  return listParticipantConversations({
    provider: [twilio({ ...TWILIO, baseUrl }), bird({ ...BIRD, baseUrl })],
    participant: { phone: ADDRESS },
    concurrency,
  })
}

export function listTwilio(options: LibraryOptions = {}): List {
  return (baseUrl) => readAll(twilioListing(baseUrl, options))
}

export function listBird(): List {
  return (baseUrl) => {
    const provider = bird({ ...BIRD, baseUrl })
    return readAll(listParticipantConversations({ provider, participant: { address: ADDRESS } }))
  }
}

async function readAll(list: AsyncIterable<TwilioConversation | BirdConversation>): ReturnType<List> {
  let count = 0
  let sum = 0
  for await (const { id, title, status, createdAt, updatedAt, participant, attributes } of list) {
    sum += id.length + (title?.length ?? 0) + status.length + Number(createdAt) + Number(updatedAt)
    sum += participant?.address?.length ?? 0
    if (attributes) sum += 1
    count += 1
  }
  return { count, sum }
}
