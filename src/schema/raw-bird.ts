import * as z from 'zod/v4'
import type { BirdConversationResource } from '../bird.ts'
import { schemaOf } from './same-type.ts'

/** What a listing checks. Bird may send anything else, and `raw` holds it as it is. */
export const rawBird: z.ZodType<BirdConversationResource, BirdConversationResource> = z.looseObject({
  id: z.string().min(1),
})

const text = z.string().nullish()
const count = z.number().nullish()
const flag = z.boolean().nullish()

const identifier = { identifierKey: text, identifierValue: text }
const contact = { ...identifier, platformAddress: text, platformAddressSelector: text }

const participant = z.looseObject({
  ...identifier,
  id: text,
  type: text,
  status: text,
  displayName: text,
  avatarUrl: text,
  contact: z.looseObject(contact).nullish(),
})

const recipient = z.looseObject({
  ...contact,
  id: text,
  type: text,
  contactAnnotation: z.looseObject({ name: text }).nullish(),
  isInbox: flag,
})

const lastMessage = z.looseObject({
  id: text,
  type: text,
  preview: z.looseObject({ text }).nullish(),
  status: text,
  sender: participant.nullish(),
  recipients: z.array(recipient).nullish(),
  draft: flag,
  createdAt: text,
})

const referral = z.looseObject({
  sourceUrl: text,
  sourceId: text,
  sourceType: text,
  mediaUrl: text,
  mediaType: text,
  caption: text,
  title: text,
  text,
  username: text,
  timestamp: text,
})

/**
 * A `BirdConversationResource`: a conversation as Bird sends it, with every property that Bird documents. All but the
 * `id` may be missing; properties that are not documented are kept.
 *
 * @example
 * const { results } = z.object({ results: z.array(birdConversationResourceSchema) }).parse(body)
 */
export const birdConversationResourceSchema = schemaOf<BirdConversationResource>()(
  z.looseObject({
    id: z.string().min(1),
    name: text,
    description: text,
    status: text,
    visibility: text,
    accessibility: text,
    style: text,
    featuredParticipants: z.array(participant).nullish(),
    initiatingParticipant: participant.nullish(),
    activeParticipantCount: count,
    pendingParticipantCount: count,
    channelId: text,
    lastMessage: lastMessage.nullish(),
    lastMessageIncomingAt: text,
    lastMessageOutgoingAt: text,
    createdAt: text,
    updatedAt: text,
    platformStyle: text,
    attributes: z.looseObject({}).nullish(),
    summary: text,
    referral: referral.nullish(),
    likelySpam: flag,
    likelySpamReason: text,
    resource: z.looseObject({ type: text, id: text }).nullish(),
    hasDraft: flag,
  }),
)
