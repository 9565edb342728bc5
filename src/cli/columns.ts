import { type AnyConversation, ResponseValidationError } from '../index.ts'
import { UsageError } from './usage-error.ts'

export type Cell = string | number | Date | null

/** A column of a table or a CSV file. */
export interface Column {
  readonly name: string
  readonly cellOf: (conversation: AnyConversation) => Cell
}

const CELLS: Readonly<Record<string, Column['cellOf']>> = {
  provider: ({ provider }) => provider,
  id: ({ id }) => id,
  status: ({ status }) => status,
  channel: ({ channel }) => channel.type,
  channelId: ({ channel }) => channel.id,
  businessAddress: ({ channel }) => channel.businessAddress,
  serviceId: ({ serviceId }) => serviceId,
  title: ({ title }) => title,
  uniqueName: ({ uniqueName }) => uniqueName,
  description: ({ description }) => description,
  lastMessage: ({ lastMessage }) => lastMessage?.text ?? null,
  lastMessageAt: ({ lastMessage }) => lastMessage?.createdAt ?? null,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  createdBy: ({ createdBy }) => createdBy,
  participant: ({ participant }) => participant?.address ?? participant?.identity ?? participant?.id ?? null,
  participantName: ({ participant }) => participant?.name ?? null,
  participants: ({ participants, participantCount }) => participantCount.active ?? participants.length,
  attributes: ({ attributes }) => (Object.keys(attributes).length === 0 ? null : JSON.stringify(attributes)),
}

export const COLUMN_NAMES: readonly string[] = Object.keys(CELLS)

/** Returns the columns that the caller named. @throws UsageError */
export function columnsNamed(names: readonly string[]): readonly Column[] {
  return names.map((name) => {
    const cellOf = Object.hasOwn(CELLS, name) ? CELLS[name] : undefined
    if (cellOf === undefined) {
      throw new UsageError(`Unknown column "${name}". The columns are ${COLUMN_NAMES.join(', ')}.`)
    }
    return { name, cellOf: (conversation) => read(name, cellOf, conversation) }
  })
}

/** @throws ResponseValidationError for a conversation that an adapter without types has not completed */
function read(name: string, cellOf: Column['cellOf'], conversation: AnyConversation): Cell {
  try {
    return cellOf(conversation)
  } catch (cause) {
    const { provider, id } = conversation
    throw new ResponseValidationError(
      `The ${name} of conversation ${id} of ${provider} cannot be read: the adapter must return whole conversations, such as those of completeConversation().`,
      { provider, cause },
    )
  }
}
