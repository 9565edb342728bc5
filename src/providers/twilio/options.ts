import {
  checkOptions,
  fromEnvironment,
  missingOption,
  type Option,
  type OptionsShape,
  type OptionsSource,
  secret,
  text,
} from '../../check.ts'
import { parseBaseUrl } from '../../http/base-url.ts'
import { type HttpOptions, type HttpSettings, httpOptions, httpSettings } from '../../http/options.ts'
import { chooseCredentials, type TwilioCredentials } from './credentials.ts'

/**
 * How to reach Twilio. Credentials are one of: `accountSid` with `authToken`; `accountSid` with `apiKey` and
 * `apiSecret`; `clientId` with `clientSecret` (OAuth); `accessToken`.
 */
export interface TwilioOptions extends HttpOptions {
  /** `AC…`. Default: the environment variable `TWILIO_ACCOUNT_SID`. */
  accountSid?: string | undefined
  /** Default: `TWILIO_AUTH_TOKEN`. */
  authToken?: string | undefined
  /** `SK…`. Default: `TWILIO_API_KEY`, which with `TWILIO_API_SECRET` is preferred to `TWILIO_AUTH_TOKEN`. */
  apiKey?: string | undefined
  /** Default: `TWILIO_API_SECRET`. */
  apiSecret?: string | undefined
  /** The id of an OAuth application; its token is fetched, kept and renewed. */
  clientId?: string | undefined
  clientSecret?: string | undefined
  /** Where OAuth tokens come from. Default: `https://oauth.twilio.com/v2/token`. */
  tokenUrl?: string | undefined
  /**
   * A bearer token, or a function that is asked for one before each request and once more after a 401. Give
   * `accountSid` beside it, and cursors are bound to the account.
   */
  accessToken?: string | (() => string | Promise<string>) | undefined
  /** The conversation service to look in (`IS…`). Default: the account's default service, and no other. */
  serviceSid?: string | undefined
  /** Together with `edge`: `ie1` with `dublin`, `au1` with `sydney`. Default: `TWILIO_REGION`. */
  region?: string | undefined
  /** Together with `region`. Default: `TWILIO_EDGE`. */
  edge?: string | undefined
}

/** The options, checked and with their defaults. */
export interface TwilioSettings {
  readonly credentials: TwilioCredentials
  readonly tokenUrl: string
  /** What a cursor is bound to. */
  readonly scope: string
  readonly serviceSid: string | undefined
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Where Twilio itself believes to be: what its page URLs may point to, behind a gateway at `baseUrl` too. */
  readonly publicUrl: string
  readonly http: HttpSettings
}

/** For errors about options. */
export const TWILIO: OptionsSource = {
  call: 'twilio()',
  provider: 'twilio',
  secrets: ['authToken', 'apiSecret', 'clientSecret', 'accessToken', 'headers'],
  identifiers: ['accountSid', 'apiKey', 'clientId', 'serviceSid'],
}

const sid = (prefix: string): Option =>
  text(
    `must be a SID: ${prefix} and letters or digits`,
    (value) => value.startsWith(prefix) && /^\w+$/.test(value),
  )

const hostLabel = (expected: string): Option => text(expected, (value) => /^[a-z0-9-]+$/.test(value))

const shape: OptionsShape<TwilioOptions> = {
  ...httpOptions,
  accountSid: sid('AC'),
  authToken: secret,
  apiKey: sid('SK'),
  apiSecret: secret,
  clientId: secret,
  clientSecret: secret,
  tokenUrl: text('must be an absolute URL'),
  accessToken: [
    'must be a string of visible ASCII characters, or a function that resolves with one',
    (value) => typeof value === 'function' || secret[1](value),
  ],
  serviceSid: sid('IS'),
  region: hostLabel('must be a region, such as ie1'),
  edge: hostLabel('must be an edge, such as dublin'),
}

/** @throws ConfigurationError */
export function twilioSettings(given: TwilioOptions): TwilioSettings {
  const checked = checkOptions(shape, given, TWILIO)
  const credentials = chooseCredentials(checked, TWILIO)
  // Those from the environment have not been checked yet.
  checkOptions(shape, credentials, TWILIO)
  const { region, publicUrl } = readLocation(checked)
  const owner = credentials.accountSid ?? credentials.clientId ?? ''
  return {
    credentials,
    tokenUrl: parseBaseUrl(
      checked.tokenUrl ?? 'https://oauth.twilio.com/v2/token',
      checked,
      TWILIO,
      'tokenUrl',
    ),
    scope: [owner, checked.serviceSid ?? '', region ?? ''].join('/'),
    serviceSid: checked.serviceSid,
    baseUrl: parseBaseUrl(checked.baseUrl ?? publicUrl, checked, TWILIO),
    publicUrl,
    http: httpSettings(checked),
  }
}

function readLocation(checked: TwilioOptions): { region: string | undefined; publicUrl: string } {
  const region = checked.region ?? fromEnvironment(TWILIO, 'region')
  const edge = checked.edge ?? fromEnvironment(TWILIO, 'edge')
  // They become a part of the host that gets the credentials.
  checkOptions(shape, { region, edge }, TWILIO)
  if (region === undefined && edge === undefined) {
    return { region, publicUrl: 'https://conversations.twilio.com' }
  }
  if (region !== undefined && edge !== undefined) {
    return { region, publicUrl: `https://conversations.${edge}.${region}.twilio.com` }
  }
  throw missingOption(
    TWILIO,
    region === undefined ? 'region' : 'edge',
    '; region and edge go together: us1 with ashburn, ie1 with dublin, au1 with sydney',
  )
}
