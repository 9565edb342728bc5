import type {
  AnyConversation,
  ConversationFields,
  LastMessage,
  Participant,
} from '../../model/conversation.ts'
import { check, quote } from './assert.ts'

type Rule = readonly [test: (value: unknown) => boolean, expected: string]

const TEXT: Rule = [(value) => typeof value === 'string' && value !== '', 'a non-empty string']
const TEXT_OR_NULL: Rule = [
  (value) => value === null || TEXT[0](value),
  'a non-empty string, or null if there is no value',
]
const DATE_OR_NULL: Rule = [
  (value) => value === null || (value instanceof Date && !Number.isNaN(value.getTime())),
  'a valid Date, or null if there is none',
]
const COUNT_OR_NULL: Rule = [
  (value) => value === null || (typeof value === 'number' && value >= 0),
  'a number, or null if the provider does not say',
]
const OBJECT: Rule = [
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
]
const OBJECT_OR_NULL: Rule = [(value) => value === null || OBJECT[0](value), 'an object or null']

const FIELDS: Record<keyof ConversationFields | 'provider', Rule> = {
  id: TEXT,
  provider: TEXT,
  title: TEXT_OR_NULL,
  uniqueName: TEXT_OR_NULL,
  description: TEXT_OR_NULL,
  status: TEXT,
  channel: OBJECT,
  serviceId: TEXT_OR_NULL,
  participant: OBJECT_OR_NULL,
  participants: [(value) => Array.isArray(value), 'an array'],
  participantCount: OBJECT,
  createdBy: TEXT_OR_NULL,
  createdAt: DATE_OR_NULL,
  updatedAt: DATE_OR_NULL,
  lastMessage: OBJECT_OR_NULL,
  timers: OBJECT,
  attributes: OBJECT,
}

const PARTICIPANT: Record<keyof Participant, Rule> = {
  provider: TEXT,
  id: TEXT_OR_NULL,
  type: TEXT_OR_NULL,
  status: TEXT_OR_NULL,
  name: TEXT_OR_NULL,
  address: TEXT_OR_NULL,
  channel: TEXT_OR_NULL,
  identity: TEXT_OR_NULL,
  userId: TEXT_OR_NULL,
  proxyAddress: TEXT_OR_NULL,
  projectedAddress: TEXT_OR_NULL,
  identifierKey: TEXT_OR_NULL,
  identifierValue: TEXT_OR_NULL,
}

const LAST_MESSAGE: Record<keyof LastMessage, Rule> = {
  id: TEXT_OR_NULL,
  type: TEXT_OR_NULL,
  text: TEXT_OR_NULL,
  status: TEXT_OR_NULL,
  draft: [(value) => value === null || typeof value === 'boolean', 'true, false or null'],
  sender: OBJECT_OR_NULL,
  createdAt: DATE_OR_NULL,
}

/** Checks that every field is there and has its type, for adapters in JavaScript and those that cast. */
export function checkModel(conversation: AnyConversation): void {
  checkFields(conversation, FIELDS, 'conversation')
  const { channel, participantCount, timers, participant, participants, lastMessage } = conversation
  checkFields(
    channel,
    { id: TEXT_OR_NULL, type: TEXT_OR_NULL, businessAddress: TEXT_OR_NULL },
    'conversation.channel',
  )
  checkFields(
    participantCount,
    { active: COUNT_OR_NULL, pending: COUNT_OR_NULL },
    'conversation.participantCount',
  )
  checkFields(timers, { inactiveAt: DATE_OR_NULL, closedAt: DATE_OR_NULL }, 'conversation.timers')
  if (participant !== null) checkFields(participant, PARTICIPANT, 'conversation.participant')
  for (const [index, one] of participants.entries()) {
    checkFields(one, PARTICIPANT, `conversation.participants[${index}]`)
  }
  if (lastMessage !== null) checkFields(lastMessage, LAST_MESSAGE, 'conversation.lastMessage')
}

function checkFields(value: object, fields: Readonly<Record<string, Rule>>, path: string): void {
  for (const [name, [test, expected]] of Object.entries(fields)) {
    const field: unknown = Reflect.get(value, name)
    check(test(field), `${path}.${name} is ${quote(field)}: it must be ${expected}`)
  }
}
