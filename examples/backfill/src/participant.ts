import type { ParticipantRef } from 'participant-conversations'

/** Whose conversations are listed: a person may have several references. */
export type Person = ParticipantRef | readonly ParticipantRef[]

/** The columns of each form of reference. The first one decides whether a row has that form. */
const FORMS = [
  ['phone', 'channels'],
  ['address', 'channel'],
  ['identity'],
  ['id'],
  ['identifierKey', 'identifierValue'],
]

/** The columns of a row, apart from `account`. */
export type Columns = Readonly<Record<string, string | null>>

/** The reference that a row holds, or an array if it holds several. Whether they are valid is for the library to say. */
export function personOf(columns: Columns): object {
  const filled = Object.entries(columns).filter(([, value]) => value !== null && value !== '')
  const unknown = filled.filter(([name]) => !FORMS.flat().includes(name))
  if (unknown.length > 0) throw new Error(`Unknown column: ${unknown.map(([name]) => name).join(', ')}`)

  const references = FORMS.map((names) => filled.filter(([name]) => names.includes(name)))
    .filter((entries) => entries.length > 0)
    .map((entries) => Object.fromEntries(entries.map(([name, value]) => [name, valueFor(name, value)])))
  const [first] = references
  if (first === undefined) throw new Error('The row names no participant')
  return references.length === 1 ? first : references
}

function valueFor(name: string, value: string | null): string | string[] | null {
  return name === 'channels' ? (value?.split(' ') ?? null) : value
}
