import type { BirdConversationResource, BirdParticipant } from '../bird.ts'
import type { Random } from './random.ts'
import { agents, attributes, customers, dates, previews, subjects } from './sample-parts.ts'

/** A conversation with the properties that every sample has. */
export interface BirdSampleConversation extends BirdConversationResource {
  status: string
}

/** The people who take part in conversations. */
export interface BirdSampleTeam {
  contactOf(address: string): BirdParticipant
  readonly users: readonly BirdParticipant[]
}

/** Creates a team. An address has the same contact in all conversations. */
export function sampleBirdTeam(random: Random): BirdSampleTeam {
  const contacts = new Map<string, BirdParticipant>()
  return {
    users: agents.map((name) => participant(random.uuid(), 'user', name)),
    contactOf(address) {
      const contact = contacts.get(address) ?? contactWith(address, random)
      contacts.set(address, contact)
      return contact
    },
  }
}

/** Creates a conversation as Bird sends it, with the contact of an address and perhaps a user. */
export function sampleBirdConversation(
  address: string,
  channelId: string,
  team: BirdSampleTeam,
  random: Random,
): BirdSampleConversation {
  const contact = team.contactOf(address)
  const colleague = random.chance(0.6) ? team.users[random.integer(0, team.users.length - 1)] : undefined
  const { created, updated } = dates(random)
  const sender = random.pick([contact, colleague ?? contact, null])
  return {
    id: random.uuid(),
    name: random.chance(0.8) ? random.pick(subjects) : '',
    description: '',
    status: random.pick(['active', 'active', 'closed', 'deleted']),
    visibility: 'private',
    accessibility: 'open',
    featuredParticipants: colleague ? [contact, colleague] : [contact],
    initiatingParticipant: contact,
    activeParticipantCount: colleague ? 2 : 1,
    pendingParticipantCount: 0,
    channelId,
    ...(random.chance(0.9) && {
      lastMessage: {
        id: random.uuid(),
        type: random.pick(['text', 'html', 'image']),
        preview: { text: random.pick(previews) },
        status: random.pick(['sent', 'delivered', 'delivery_failed']),
        sender,
        recipients: null,
        createdAt: updated.toISOString(),
      },
      lastMessageIncomingAt: sender === contact ? updated.toISOString() : null,
    }),
    ...(random.chance(0.6) && { attributes: attributes(random) }),
    createdAt: created.toISOString(),
    updatedAt: updated.toISOString(),
    platformStyle: address.includes('@') ? 'email' : 'direct',
  }
}

function contactWith(address: string, random: Random): BirdParticipant {
  const identifierKey = address.includes('@') ? 'emailaddress' : 'phonenumber'
  return {
    ...participant(random.uuid(), 'contact', random.pick(customers)),
    contact: { identifierKey, identifierValue: address, platformAddress: address },
  }
}

function participant(id: string, type: 'user' | 'contact', displayName: string): BirdParticipant {
  return { id, type, status: 'active', displayName, avatarUrl: '' }
}
