import type { ConversationStatus } from '../index.ts'

/** The arguments and options after `list`. */
export interface ListArguments {
  /** The argument: a phone number or an address. */
  readonly who?: string
  readonly address?: string
  readonly email?: string
  readonly identity?: string
  readonly id?: string
  readonly identifier?: { readonly identifierKey: string; readonly identifierValue: string }
  readonly provider?: readonly BuiltIn[]
  /** Files and packages that export a provider. */
  readonly adapter?: readonly string[]
  readonly demo?: boolean
  readonly status?: readonly ConversationStatus[]
  readonly limit?: number
  readonly pageSize?: number
  readonly output?: (typeof OUTPUTS)[number]
  /** Fields of JSON; true if the option has no value. */
  readonly json?: readonly string[] | true
  /** Columns of a table or of CSV. */
  readonly columns?: readonly string[]
  /** False for `--no-header`. */
  readonly header: boolean
  readonly raw?: boolean
  readonly utc?: boolean
  /** False for `--no-color`. */
  readonly color: boolean
  readonly quiet?: boolean
  readonly debug?: boolean
  readonly cursor?: string
  readonly checkpoint?: string
  readonly keepGoing?: boolean
  readonly dotenv?: string
  /** Options of Node, which takes them before the command starts. */
  readonly envFile?: unknown
  readonly envFileIfExists?: unknown
  readonly serviceSid?: string
  /** Channel ids, perhaps with the business's address. */
  readonly channelId?: Readonly<Record<string, string | null>>
  readonly twilioUrl?: string
  readonly birdUrl?: string
}

export const BUILT_INS = ['twilio', 'bird'] as const

/** A provider that comes with the library. */
export type BuiltIn = (typeof BUILT_INS)[number]

export const OUTPUTS = ['table', 'json', 'ndjson', 'csv'] as const
