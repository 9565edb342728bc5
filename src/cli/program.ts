import { createRequire } from 'node:module'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { ConversationStatus } from '../index.ts'
import { parseAddress } from '../model/address.ts'
import { CONVERSATION_STATUSES } from '../model/conversation.ts'
import { COLUMN_NAMES } from './columns.ts'
import { EXIT_CODES_HELP } from './exit-codes.ts'

/** The arguments and options after `list`. */
export interface ListArguments {
  /** The argument: a phone number or an address. */
  readonly who?: string
  readonly address?: string
  readonly email?: string
  readonly identity?: string
  readonly id?: string
  readonly identifier?: { readonly identifierKey: string; readonly identifierValue: string }
  readonly provider?: readonly string[]
  /** Files and packages that export a provider. */
  readonly adapter?: readonly string[]
  readonly demo?: boolean
  readonly status?: readonly ConversationStatus[]
  readonly limit?: number
  readonly pageSize?: number
  readonly output?: 'table' | 'json' | 'ndjson' | 'csv'
  readonly columns?: readonly string[]
  /** False for `--no-header`. */
  readonly header: boolean
  readonly raw?: boolean
  readonly cursor?: string
  readonly checkpoint?: string
  readonly keepGoing?: boolean
  readonly envFile?: string
  readonly serviceSid?: string
  /** Channel ids, perhaps with the business's address. */
  readonly channelId?: Readonly<Record<string, string | null>>
  readonly twilioUrl?: string
  readonly birdUrl?: string
}

/** The parser of the command. It throws a CommanderError instead of ending the process. */
export function createProgram(list: (options: ListArguments) => Promise<void>): Command {
  const program = new Command('participant-conversations')
    .description('Every conversation of a participant, on Twilio Conversations and Bird.')
    .version(versionOf(), '-V, --version')
    .helpCommand(false)
    .exitOverride()
  program
    .command('list')
    .summary('list the conversations that a participant is in')
    .description(
      'Lists every conversation that a participant is in: a table on a terminal, one line of JSON per conversation in a pipe.',
    )
    .argument(
      '[who]',
      'phone number in E.164 form, on every channel; e-mail address; or prefixed address (whatsapp:+1…)',
    )
    .optionsGroup('Who (combine them for one person):')
    .option('--email <address>', 'an e-mail address', parseEmail)
    .option('--identity <identity>', 'a Twilio chat user')
    .option('--id <id>', 'a Bird participant')
    .option('--identifier <key=value>', 'a Bird identifier', parseIdentifier)
    .option('--address <address>', 'one address exactly: +12025550123 is an SMS address on Twilio')
    .optionsGroup('Where:')
    .addOption(
      new Option('--provider <name>', 'twilio or bird; may be repeated (default: all with credentials)')
        .choices(['twilio', 'bird'])
        .argParser(collectFrom(['twilio', 'bird'])),
    )
    .option(
      '--adapter <module>',
      'a file or a package that exports a provider of your own; may be repeated',
      (module: string, before: readonly string[] = []) => [...before, module],
    )
    .option('--service-sid <sid>', 'a Twilio conversation service instead of the default one')
    .option(
      '--channel-id <id>',
      'a Bird channel instead of BIRD_CHANNEL_ID; add your address on it as <id>=<address>; may be repeated',
      collectChannels,
    )
    .option('--demo', 'a built-in stand-in for both providers; needs no credentials')
    .option('--keep-going', 'continue with the next provider if one fails; the exit code still reports it')
    .option(
      '--env-file <file>',
      'read environment variables from a file; variables that are already set take precedence',
    )
    .option('--twilio-url <url>', 'another base URL for Twilio, such as a gateway')
    .option('--bird-url <url>', 'another base URL for Bird, such as a gateway')
    .optionsGroup('What:')
    .option(
      '--status <status>',
      `${CONVERSATION_STATUSES.join(', ')}; may be repeated`,
      collectFrom(CONVERSATION_STATUSES),
    )
    .option('--limit <number>', 'maximum number of conversations', wholeNumberFrom(0))
    .option(
      '--page-size <number>',
      'conversations per request (Twilio at most 50, Bird 100)',
      wholeNumberFrom(1),
    )
    .option('--cursor <cursor>', 'continue where an earlier run stopped')
    .option('--checkpoint <file>', 'save the position in a file after each page, and continue from it')
    .optionsGroup('Output:')
    .addOption(
      new Option('-o, --output <format>', 'table on a terminal, ndjson otherwise').choices([
        'table',
        'json',
        'ndjson',
        'csv',
      ]),
    )
    .option('--columns <names>', `separated by commas: ${COLUMN_NAMES.join(', ')}`, (text) =>
      text.split(',').map((name) => name.trim()),
    )
    .option('--no-header', 'omit the header line')
    .option('--raw', "the provider's own objects as JSON; in CSV, cells unchanged")
    .addHelpText('after', `\n${HELP}\n\n${EXIT_CODES_HELP}`)
    .action(async (who: string | undefined, options: ListArguments) =>
      list(who === undefined ? options : { ...options, who }),
    )
  return program
}

const HELP = `Credentials come from the environment or from --env-file, never from arguments:
  Twilio  TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET,
          or with TWILIO_AUTH_TOKEN
  Bird    BIRD_ACCESS_KEY, BIRD_WORKSPACE_ID, BIRD_CHANNEL_ID (several separated
          by commas; add your address on a channel as <id>=<address>)

An adapter is a file (./front.mjs) or an installed package. Its default export, or
its only one, is a provider or a function that returns one; the function gets no
arguments and reads its options from the environment. With --adapter, Twilio and
Bird are listed only if --provider names them.

A checkpoint is written after each page that has been printed, and the same
command continues from it. If the output goes to a file (>> out.ndjson), nothing
is lost. What is still in a pipe when its reader ends is lost. A run that was
killed repeats one page at most, and its last line may be cut off. After the last
page the checkpoint says "complete": delete it to start over.

In CSV, a cell that a spreadsheet would read as a formula is prefixed with an
apostrophe, unless --raw is set.

Examples:
  $ participant-conversations list +12025550123
  $ participant-conversations list +12025550123 --identity ada --email ada@example.com
  $ participant-conversations list ada@example.com --provider bird --limit 20
  $ participant-conversations list --identity ada -o csv --columns id,title > a.csv
  $ participant-conversations list +12025550123 --status active | jq -r .id
  $ participant-conversations list +12025550123 --checkpoint place.json >> out.ndjson
  $ participant-conversations list --id crd_123 --adapter ./front.mjs
  $ participant-conversations list --demo`

function versionOf(): string {
  // Found by the package's own name, whether the command is in dist or, during development, in src.
  const manifest: { version: string } = createRequire(import.meta.url)(
    'participant-conversations/package.json',
  )
  return manifest.version
}

function collectChannels(
  text: string,
  before: Readonly<Record<string, string | null>> = {},
): Record<string, string | null> {
  const [, id = '', address = null] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? []
  if (Object.hasOwn(before, id)) throw new InvalidArgumentError(`${id} is there already.`)
  return { ...before, [id]: address }
}

/** Collects the values of an option that may be repeated; several may also be separated by commas. */
function collectFrom<T extends string>(choices: readonly T[]): (text: string, before?: readonly T[]) => T[] {
  return (text, before = []) => {
    const values = text.split(',').map((part) => {
      const choice = choices.find((one) => one === part.trim())
      if (choice === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
      return choice
    })
    return [...new Set([...before, ...values])]
  }
}

function wholeNumberFrom(min: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= min && Number.isSafeInteger(number)) return number
    throw new InvalidArgumentError(`It must be a whole number of at least ${min}.`)
  }
}

function parseEmail(text: string): string {
  if (parseAddress(text).kind === 'email') return text
  throw new InvalidArgumentError('It must be an e-mail address, such as jo@example.com.')
}

function parseIdentifier(text: string): { identifierKey: string; identifierValue: string } {
  const [, identifierKey, identifierValue] = /^([^=]+)=(.+)$/s.exec(text) ?? []
  if (identifierKey !== undefined && identifierValue !== undefined) return { identifierKey, identifierValue }
  throw new InvalidArgumentError('It must be key=value, such as phonenumber=+12025550123.')
}
