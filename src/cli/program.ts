import { createRequire } from 'node:module'
import { Command, Option } from 'commander'
import { CONVERSATION_STATUSES } from '../model/conversation.ts'
import { COLUMN_NAMES } from './columns.ts'
import { addCompletion } from './completion.ts'
import { LIST_HELP, wrappingHelp } from './help.ts'
import { BUILT_INS, type ListArguments, OUTPUTS } from './list-arguments.ts'
import {
  collect,
  collectChannels,
  collectFrom,
  parseIdentifier,
  parseList,
  parseServiceSid,
  wholeNumberFrom,
} from './parsers.ts'

/** The parser of the command. It throws a CommanderError instead of ending the process. */
export function createProgram(list: (options: ListArguments) => Promise<void>): Command {
  const program = new Command('participant-conversations')
    .description('Every conversation of a participant, on Twilio Conversations and Bird.')
    .version(versionOf(), '-V, --version')
    .helpCommand('help [command]', 'display help for a command')
    .configureHelp(wrappingHelp([]))
    .exitOverride()
  listCommandOf(program).action(async (who: string | undefined, options: ListArguments) =>
    list(who === undefined ? options : { ...options, who }),
  )
  addCompletion(program)
  return program
}

function listCommandOf(program: Command): Command {
  return program
    .command('list')
    .summary('list the conversations that a participant is in')
    .description(
      'Lists every conversation that a participant is in: a table on a terminal, one line of JSON per conversation in a pipe.',
    )
    .configureHelp(wrappingHelp(LIST_HELP))
    .argument(
      '[who]',
      'phone number in E.164 form, on every channel; e-mail address; or prefixed address (whatsapp:+1…)',
    )
    .optionsGroup('Who (combine them for one person):')
    .option('--email <address>', 'an e-mail address')
    .option('--identity <identity>', 'a Twilio chat user')
    .option('--id <id>', 'a Bird participant')
    .option('--identifier <key=value>', 'a Bird identifier', parseIdentifier)
    .option('--address <address>', 'one address exactly: +12025550123 is an SMS address on Twilio')
    .optionsGroup('Where:')
    .addOption(
      new Option(
        '--provider <name>',
        'list only this provider; may be repeated (default: all with credentials)',
      )
        .choices(BUILT_INS)
        .argParser(collectFrom(BUILT_INS)),
    )
    .option(
      '--adapter <module>',
      'a file or a package that exports a provider of your own; may be repeated',
      collect,
    )
    .option(
      '--service-sid <sid>',
      'a Twilio conversation service instead of the default one',
      parseServiceSid,
    )
    .option(
      '--channel-id <id>',
      'a Bird channel instead of BIRD_CHANNEL_ID; add your address on it as <id>=<address>; may be repeated',
      collectChannels,
    )
    .option('--demo', 'a built-in stand-in for both providers; needs no credentials')
    .option('--keep-going', 'continue with the next provider if one fails; the exit code still reports it')
    .option(
      '--dotenv <file>',
      'read environment variables from a file, such as .env; variables that are already set take precedence',
    )
    .option('--twilio-url <url>', 'another base URL for Twilio, such as a gateway')
    .option('--bird-url <url>', 'another base URL for Bird, such as a gateway')
    .optionsGroup('What:')
    .addOption(
      new Option('--status <status>', 'only conversations with this status; may be repeated')
        .choices(CONVERSATION_STATUSES)
        .argParser(collectFrom(CONVERSATION_STATUSES)),
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
      new Option('-o, --output <format>', 'default: table on a terminal, ndjson otherwise').choices(OUTPUTS),
    )
    .option(
      '--json [fields]',
      'only these fields of each conversation, separated by commas, as JSON; without a value, the error lists them',
      parseList,
    )
    .option(
      '--columns <names>',
      `the columns of a table or of CSV, separated by commas: ${COLUMN_NAMES.join(', ')}`,
      parseList,
    )
    .option('--no-header', 'omit the header line')
    .option('--raw', "the provider's own objects as JSON; in CSV, cells unchanged")
    .option('--utc', 'times in tables in UTC instead of local time (JSON and CSV always have UTC)')
    .option('--no-color', 'no colors (the same as NO_COLOR=1)')
    .option('-q, --quiet', 'no progress and no notes on stderr, only errors')
    .option('--debug', 'log each request to stderr, without secrets and without the participant')
    .addOption(new Option('--env-file [file]').hideHelp())
    .addOption(new Option('--env-file-if-exists [file]').hideHelp())
}

function versionOf(): string {
  // Found by the package's own name, whether the command is in dist or, during development, in src.
  const manifest: { version: string } = createRequire(import.meta.url)(
    'participant-conversations/package.json',
  )
  return manifest.version
}
