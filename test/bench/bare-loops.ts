/** The lower bound: loops that request, parse, follow tokens and check nothing, as somebody in a hurry writes them. */
import type { BirdConversationResource, TwilioParticipantConversation } from 'participant-conversations'
import { ADDRESS, BIRD, TWILIO } from '../support/example-accounts.ts'
import type { Get, List } from './list.ts'

interface TwilioPage {
  readonly conversations: readonly TwilioParticipantConversation[]
  readonly meta: { readonly next_page_url: string | null }
}

export function bareTwilio(get: Get): List {
  const authorization = `Basic ${btoa(`${TWILIO.accountSid}:${TWILIO.authToken}`)}`
  return async (baseUrl) => {
    let count = 0
    let sum = 0
    let url: string | null =
      `${baseUrl}/v1/ParticipantConversations?Address=${encodeURIComponent(ADDRESS)}&PageSize=50`
    while (url !== null) {
      const page: TwilioPage = JSON.parse(await get(url, { authorization }))
      for (const row of page.conversations) {
        sum += (row.conversation_sid?.length ?? 0) + (row.conversation_friendly_name?.length ?? 0)
        sum += (row.conversation_state?.length ?? 0) + (row.conversation_attributes?.length ?? 0)
        sum += (row.conversation_date_created?.length ?? 0) + (row.conversation_date_updated?.length ?? 0)
        sum += row.participant_messaging_binding?.address?.length ?? 0
        count += 1
      }
      url = page.meta.next_page_url
    }
    return { count, sum }
  }
}

interface BirdPage {
  readonly results: readonly BirdConversationResource[]
  readonly nextPageToken?: string
}

export function bareBird(get: Get): List {
  const authorization = `AccessKey ${BIRD.accessKey}`
  return async (baseUrl) => {
    const endpoint = `${baseUrl}/workspaces/${BIRD.workspaceId}/participants/phonenumber/${encodeURIComponent(ADDRESS)}/conversations?channelId=${BIRD.channelId}&limit=100`
    let count = 0
    let sum = 0
    let token: string | undefined
    do {
      const url = token === undefined ? endpoint : `${endpoint}&pageToken=${encodeURIComponent(token)}`
      const page: BirdPage = JSON.parse(await get(url, { authorization }))
      for (const row of page.results) {
        sum += row.id.length + (row.name?.length ?? 0) + (row.status?.length ?? 0)
        sum += (row.createdAt?.length ?? 0) + (row.updatedAt?.length ?? 0)
        sum += row.initiatingParticipant?.contact?.platformAddress?.length ?? 0
        if (row.attributes) sum += 1
        count += 1
      }
      token = page.nextPageToken
    } while (token !== undefined)
    return { count, sum }
  }
}
