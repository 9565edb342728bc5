import { VARIABLE_ALIASES as BIRD_ALIASES } from '../providers/bird/options.ts'
import { VARIABLE_ALIASES as TWILIO_ALIASES } from '../providers/twilio/credentials.ts'
import { type Caller, commandWith } from './caller.ts'
import { BUILT_INS, type BuiltIn, type ListArguments } from './list-arguments.ts'
import { titleOf, titlesOf } from './titles.ts'
import { UsageError } from './usage-error.ts'

/** Any of these variables selects the provider. Those for a region alone do not. */
const VARIABLES: Readonly<Record<BuiltIn, readonly string[]>> = {
  twilio: [
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    'TWILIO_API_KEY',
    'TWILIO_API_SECRET',
    ...Object.keys(TWILIO_ALIASES),
  ],
  bird: ['BIRD_ACCESS_KEY', 'BIRD_WORKSPACE_ID', 'BIRD_CHANNEL_ID', ...Object.keys(BIRD_ALIASES)],
}

const ALIASES: Readonly<Record<string, string>> = { ...TWILIO_ALIASES, ...BIRD_ALIASES }

const isSet = (variable: string): boolean => Boolean(process.env[variable])
const isMissing = (variable: string): boolean => !isSet(variable)

/** The providers of which the environment has at least one credential. */
export function providersOfEnvironment(): BuiltIn[] {
  return BUILT_INS.filter((name) => VARIABLES[name].some(isSet))
}

/** Checks that the environment has all credentials of the providers. @throws UsageError that names the missing variables */
export function checkCredentials(
  providers: readonly BuiltIn[],
  { channelId }: ListArguments,
  caller: Caller,
): void {
  const where = 'in the environment, or in a file for --dotenv'
  const suggestion = `To try the command without credentials: ${commandWith(['--demo'], caller)}`
  if (providers.length === 0) {
    throw new UsageError(
      `No credentials found. Set these variables ${where}:
  Twilio  TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)
  Bird    BIRD_ACCESS_KEY, BIRD_WORKSPACE_ID and BIRD_CHANNEL_ID`,
      { suggestion },
    )
  }
  const hasChannel = channelId !== undefined
  const missing = providers.map((name) => ({ name, variables: missingOf(name, hasChannel) }))
  const incomplete = missing.filter(({ variables }) => variables.length > 0)
  if (incomplete.length === 0) return
  const complete = providers.filter((name) => !incomplete.some((one) => one.name === name))
  throw new UsageError(
    [
      `The credentials for ${titlesOf(incomplete.map(({ name }) => name))} are incomplete. Set what is missing ${where}:`,
      ...incomplete.map(({ name, variables }) => `  ${titleOf(name).padEnd(6)}  ${variables.join(', ')}`),
      ...misnamed(incomplete.flatMap(({ variables }) => variables)),
      ...complete.map((name) => `To list ${titleOf(name)} alone, pass --provider ${name}.`),
    ].join('\n'),
    { suggestion },
  )
}

function missingOf(provider: BuiltIn, hasChannel: boolean): string[] {
  if (provider === 'twilio') return missingOfTwilio()
  const channel = hasChannel ? [] : ['BIRD_CHANNEL_ID']
  return ['BIRD_ACCESS_KEY', 'BIRD_WORKSPACE_ID', ...channel].filter(isMissing)
}

/** Says which variables are set in place of a missing one. */
function misnamed(missing: readonly string[]): string[] {
  return Object.entries(ALIASES)
    .filter(([alias, variable]) => isSet(alias) && missing.some((text) => text.includes(variable)))
    .map(([alias, variable]) => `${alias} is set: rename it to ${variable}.`)
}

function missingOfTwilio(): string[] {
  const account = ['TWILIO_ACCOUNT_SID'].filter(isMissing)
  const key = ['TWILIO_API_KEY', 'TWILIO_API_SECRET'].filter(isMissing)
  if (isSet('TWILIO_AUTH_TOKEN') || key.length === 0) return account
  const whole = 'TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)'
  return [...account, ...(key.length === 1 ? key : [whole])]
}
