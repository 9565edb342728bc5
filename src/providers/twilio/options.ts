import * as z from 'zod/mini'
import {
  type Authorization,
  type HttpOptions,
  isCredential,
  parseAdapterOptions,
  readEnvironment,
  type SchemasFor,
} from '../../adapter.ts'
import {
  authorizationOf,
  CREDENTIALS,
  credentialHints,
  credentialProblems,
  environmentCredentials,
  isPassed,
  type OptionsProblem,
  type TwilioCredentials,
  VARIABLE_ALIASES,
  VARIABLES,
} from './credentials.ts'
import { accountSid, apiKeySid, serviceSid } from './sids.ts'

/**
 * How to reach Twilio. Credentials are one of: `accountSid` with `authToken`; `accountSid` with `apiKey` and
 * `apiSecret`; `clientId` with `clientSecret` (OAuth); `accessToken`. Account and credentials are all passed, or all read
 * from the environment.
 */
export interface TwilioOptions extends TwilioCredentials, HttpOptions {
  /** The SID of the conversation service to list (`IS…`). Default: the account's default service. */
  serviceSid?: string | undefined
  /** Twilio's region, with its `edge`: `ie1` with `dublin`, `au1` with `sydney`. Default: `TWILIO_REGION`, or else `us1`. */
  region?: string | undefined
  /** Where requests enter Twilio's network. Without a `region`, it uses `us1`. Default: `TWILIO_EDGE`. */
  edge?: string | undefined
}

/** The options, checked and with their defaults. */
export interface TwilioSettings {
  readonly authorization: Authorization
  /** What a cursor is bound to. */
  readonly scope: string
  /** The account whose conversations are listed; undefined if it is unknown. */
  readonly accountSid: string | undefined
  readonly serviceSid: string | undefined
  /** The host of the region and edge. */
  readonly baseUrl: string
  /** The options that the host is made of. */
  readonly hostOptions: readonly string[]
  /** Twilio's hosts of the same region. */
  readonly hosts: RegExp
  readonly http: HttpOptions
}

/** The region of the host without a region. */
const HOME_REGION = 'us1'

const LOCATION = { region: 'TWILIO_REGION', edge: 'TWILIO_EDGE' }

/** An edge goes with the home region, but a region has no host without an edge. */
function* locationProblems(options: TwilioOptions): Generator<OptionsProblem> {
  if (isPassed(options, 'region') && !isPassed(options, 'edge')) {
    yield { option: 'edge', message: 'must be passed' }
  }
}

const EDGE =
  'pass both or set both TWILIO_REGION and TWILIO_EDGE; us1 goes with ashburn, ie1 with dublin, au1 with sydney'

const CREDENTIAL = 'must be a string of visible ASCII characters'
const credential = z.custom<string>(isCredential, CREDENTIAL)

const TOKEN = `${CREDENTIAL}, or a function that returns one or a promise of one`
const accessToken = z.custom<string | (() => string | Promise<string>)>(
  (value) => typeof value === 'function' || isCredential(value),
  TOKEN,
)

/** A part of the host that the credentials are sent to. */
function hostLabel(error: string): z.ZodMiniType<string, string> {
  return z.string(error).check(z.regex(/^[a-z0-9-]+$/, error))
}

const twilioOptions = z
  .strictObject({
    accountSid: z.optional(accountSid),
    authToken: z.optional(credential),
    apiKey: z.optional(apiKeySid),
    apiSecret: z.optional(credential),
    clientId: z.optional(credential),
    clientSecret: z.optional(credential),
    tokenUrl: z.optional(z.string('must be an absolute URL')),
    accessToken: z.optional(accessToken),
    serviceSid: z.optional(serviceSid),
    region: z.optional(hostLabel('must be a region, such as ie1')),
    edge: z.optional(hostLabel('must be an edge, such as dublin')),
  } satisfies SchemasFor<Omit<TwilioOptions, keyof HttpOptions>>)
  .check(
    z.superRefine(
      (options, context) => {
        for (const { option, ...problem } of [...credentialProblems(options), ...locationProblems(options)]) {
          context.addIssue({ code: 'custom', path: [option], ...problem })
        }
      },
      // Reported even if other options are invalid too.
      { when: ({ value }) => typeof value === 'object' && value !== null },
    ),
  )

/** @throws ConfigurationError */
export function twilioSettings(given: TwilioOptions): TwilioSettings {
  const checked = parseAdapterOptions(twilioOptions, given, (passed) => {
    const isAnyPassed = (names: readonly (keyof typeof passed)[]): boolean =>
      names.some((name) => passed[name] !== undefined)
    const isAccountPassed = isAnyPassed(CREDENTIALS)
    return {
      call: 'twilio()',
      provider: 'twilio',
      aliases: { token: 'authToken', username: 'accountSid', password: 'authToken' },
      secrets: ['authToken', 'apiSecret', 'clientSecret', 'accessToken'],
      identifiers: ['accountSid', 'apiKey', 'clientId', 'serviceSid'],
      // A tenant's account must not be listed with somebody else's key, nor reached in half of another region.
      defaults: {
        ...(isAccountPassed ? {} : environmentCredentials()),
        ...(isAnyPassed(['region', 'edge']) ? {} : readEnvironment(LOCATION)),
      },
      missing: { ...credentialHints(isAccountPassed), edge: EDGE },
      variables: { ...VARIABLES, ...LOCATION },
      variableAliases: isAccountPassed ? {} : VARIABLE_ALIASES,
    }
  })
  const { region = HOME_REGION, edge, serviceSid, accountSid, clientId } = checked
  return {
    authorization: authorizationOf(checked),
    // The same for the home region, whether it is passed or omitted.
    scope: [accountSid ?? clientId ?? '', serviceSid ?? '', region === HOME_REGION ? '' : region].join('/'),
    accountSid,
    serviceSid,
    baseUrl:
      edge === undefined
        ? 'https://conversations.twilio.com'
        : `https://conversations.${edge}.${region}.twilio.com`,
    hostOptions: edge === undefined ? [] : ['edge', 'region'],
    hosts: hostsOf(region),
    http: checked,
  }
}

/** `conversations.{edge}.{region}.twilio.com`. The edge may be missing, and in us1 the region too. */
function hostsOf(region: string): RegExp {
  const place = `([a-z0-9-]+\\.)?${region}\\.`
  return new RegExp(`^conversations\\.${region === HOME_REGION ? `(${place})?` : place}twilio\\.com$`)
}
