import { type Command, Help, type HelpConfiguration } from 'commander'
import { EXIT_CODES_HELP } from './exit-codes.ts'

/** A part of the help: a paragraph, terms with what they mean, or commands. */
export type HelpPart =
  | string
  | { readonly title: string; readonly items: readonly (readonly [term: string, meaning: string])[] }
  | { readonly title: string; readonly commands: readonly string[] }

/** The space for descriptions beside their terms, below which they go under them. */
const MIN_DESCRIPTION_WIDTH = 30

/** Formats the help for the width of the terminal, and adds `parts` after the options. */
export function wrappingHelp(parts: readonly HelpPart[]): HelpConfiguration {
  return {
    minWidthToWrap: 10,
    styleUsage(this: Help, usage: string): string {
      return this.boxWrap(usage, widthOf(this) - 'Usage: '.length)
    },
    formatItem(term: string, termWidth: number, description: string, helper: Help): string {
      const width = widthOf(helper)
      if (width - termWidth - 4 >= MIN_DESCRIPTION_WIDTH) {
        return Help.prototype.formatItem.call(helper, term, termWidth, description, helper)
      }
      return `  ${term}\n${indent(helper.boxWrap(description, width - 6), 6)}`
    },
    formatHelp(command: Command, helper: Help): string {
      const usual = Help.prototype.formatHelp.call(helper, command, helper)
      return [usual, ...parts.map((part) => `${formatPart(part, helper)}\n`)].join('\n')
    },
  }
}

function formatPart(part: HelpPart, helper: Help): string {
  if (typeof part === 'string') return helper.boxWrap(part, widthOf(helper))
  if ('commands' in part) {
    const wrapped = part.commands.map((command) => helper.boxWrap(`$ ${command}`, widthOf(helper) - 4))
    return [part.title, ...wrapped.map((lines) => indent(lines, 4).slice(2))].join('\n')
  }
  const termWidth = Math.max(...part.items.map(([term]) => term.length))
  const items = part.items.map(([term, meaning]) =>
    // Short terms leave enough room at any width.
    Help.prototype.formatItem.call(helper, term, termWidth, meaning, helper),
  )
  return [helper.boxWrap(part.title, widthOf(helper)), ...items].join('\n')
}

function widthOf({ helpWidth = 80 }: Help): number {
  return helpWidth
}

function indent(text: string, width: number): string {
  return text.replace(/^/gm, ' '.repeat(width))
}

/** What `list --help` says after the options. */
export const LIST_HELP: readonly HelpPart[] = [
  {
    title: 'Credentials come from the environment or from --dotenv, never from arguments:',
    items: [
      ['Twilio', 'TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or with TWILIO_AUTH_TOKEN'],
      [
        'Bird',
        'BIRD_ACCESS_KEY, BIRD_WORKSPACE_ID, BIRD_CHANNEL_ID (several separated by commas; add your address on a channel as <id>=<address>)',
      ],
    ],
  },
  'An adapter is a file (./front.mjs) or an installed package. Its default export, or its only one, is a provider or a function that returns one; the function gets no arguments and reads its options from the environment. With --adapter, Twilio and Bird are listed only if --provider names them.',
  'A checkpoint is written after each page that has been printed, and the same command continues from it. If the output goes to a file (>> out.ndjson), nothing is lost. What is still in a pipe when its reader ends is lost. A run that was killed repeats one page at most, and its last line may be cut off. After the last page the checkpoint says "complete": delete it to start over.',
  'In CSV, a cell that a spreadsheet would read as a formula is prefixed with an apostrophe, unless --raw is set.',
  {
    title: 'Examples:',
    commands: [
      'list +12025550123',
      'list +12025550123 --identity ada --email ada@example.com',
      'list ada@example.com --provider bird --limit 20',
      'list +12025550123 --status active --json id,title,updatedAt',
      'list --identity ada -o csv --columns id,title > a.csv',
      'list +12025550123 | jq -r .id',
      'list +12025550123 --checkpoint place.json >> out.ndjson',
      'list --id crd_123 --adapter ./front.mjs',
      'list --demo',
    ].map((args) => `participant-conversations ${args}`),
  },
  { title: 'Exit codes:', items: EXIT_CODES_HELP },
]
