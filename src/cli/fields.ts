import type { AnyConversation } from '../index.ts'
import { UsageError } from './usage-error.ts'

export type Field = keyof AnyConversation

const FIELDS: Readonly<Record<Field, true>> = {
  provider: true,
  id: true,
  title: true,
  uniqueName: true,
  description: true,
  status: true,
  channel: true,
  serviceId: true,
  participant: true,
  participants: true,
  participantCount: true,
  createdBy: true,
  createdAt: true,
  updatedAt: true,
  lastMessage: true,
  timers: true,
  attributes: true,
  raw: true,
}

/** The fields of a conversation, for JSON. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[]

/** Returns the fields that the caller named; true is `--json` without a value. @throws UsageError that lists them */
export function fieldsNamed(names: readonly string[] | true): readonly Field[] {
  if (names === true) {
    throw new UsageError(
      `--json takes fields, separated by commas. For all of them, use -o json. The fields are:\n  ${FIELD_NAMES.join('\n  ')}`,
    )
  }
  return names.map((name) => {
    const field = FIELD_NAMES.find((one) => one === name)
    if (field !== undefined) return field
    throw new UsageError(`Unknown field "${name}". The fields are ${FIELD_NAMES.join(', ')}.`)
  })
}
