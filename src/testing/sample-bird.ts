import type { BirdConversationResource, BirdParticipant } from '../bird.ts'
import { parseAddress } from '../model/address.ts'
import { IDENTIFIER_KEYS } from '../providers/bird/identifier.ts'
import { createRandom, type Random } from './random.ts'
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

/**
 * Creates the team, which is the same in all conversations, whatever their seed. So is the contact of an address.
 *
 * @param personOf - whose address it is: all addresses of a person have the same contact. By default, each has its own.
 */
export function sampleBirdTeam(personOf: (address: string) => string = (address) => address): BirdSampleTeam {
  const contacts = new Map<string, BirdParticipant>()
  return {
    users: agents.map((name) => participant('user', name, createRandom(`bird user ${name}`))),
    contactOf(address) {
      const contact = contacts.get(address) ?? contactWith(address, personOf(address))
      contacts.set(address, contact)
      return contact
    },
  }
}

/**
 * Creates a conversation as Bird sends it, with the contact of an address and perhaps a user. What is made up goes with
 * the properties that are known.
 */
export function sampleBirdConversation(
  address: string,
  channelId: string,
  team: BirdSampleTeam,
  random: Random,
  known: Partial<BirdConversationResource> = {},
): BirdSampleConversation {
  const contact = team.contactOf(address)
  const colleague = random.chance(0.6) ? team.users[random.integer(0, team.users.length - 1)] : undefined
  const { created, updated } = dates(random, { created: known.createdAt, updated: known.updatedAt })
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

function contactWith(address: string, person: string): BirdParticipant {
  const random = createRandom(`bird contact ${person}`)
  const { kind, value } = parseAddress(address)
  const identifierKey = IDENTIFIER_KEYS[kind === 'other' ? 'phone' : kind]
  return {
    ...participant('contact', random.pick(customers), random),
    contact: { identifierKey, identifierValue: value, platformAddress: value },
  }
}

function participant(type: 'user' | 'contact', displayName: string, random: Random): BirdParticipant {
  return { id: random.uuid(), type, status: 'active', displayName, avatarUrl: '' }
}
