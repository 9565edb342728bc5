import * as z from 'zod/mini'
import type { BirdOptions } from '../bird.ts'
import { type HttpOptions, httpNames } from '../http/http-options.ts'
import { type OptionsSource, parseOptions } from '../options/parse-options.ts'
import { optionsSchema, plainOptions, type ShapeOf, text, wholeNumber } from '../options/schemas.ts'
import { workspaceId } from '../providers/bird/options.ts'
import { accountSid, apiKeySid } from '../providers/twilio/sids.ts'
import type { TwilioOptions } from '../twilio.ts'
import type { BirdStandInOptions } from './bird.ts'
import { areUsable } from './stand-in-credentials.ts'
import { birdRows, twilioRows } from './stand-in-rows.ts'
import type { TwilioStandInOptions } from './twilio.ts'

/**
 * What a stand-in plays. A provider that is omitted returns 404 for everything. Options of `twilio()` and `bird()` that a
 * stand-in does not have are ignored, so that one object can be passed to both.
 */
export interface StandInOptions {
  /** The account on Twilio. */
  twilio?: TwilioStandInOptions | undefined
  /** The workspace on Bird. */
  bird?: BirdStandInOptions | undefined
}

/** @throws ConfigurationError that names every invalid option */
export function parseStandInOptions(given: StandInOptions): StandInOptions {
  return parseOptions(standInOptions, given, source)
}

const string = text('must be a non-empty string')
const secret = z.optional(string)
const conversations = z.custom<never[]>((value) => Array.isArray(value), 'must be an array of conversations')

const twilioShape: ShapeOf<TwilioStandInOptions> = {
  accountSid,
  authToken: secret,
  apiKey: z.optional(apiKeySid),
  apiSecret: secret,
  clientId: secret,
  clientSecret: secret,
  accessToken: secret,
  accessTokenTtlSeconds: z.optional(wholeNumber(0)),
  conversations,
  services: z.optional(z.record(z.string(), conversations, 'must be an object')),
}

const birdShape: ShapeOf<BirdStandInOptions> = {
  accessKey: string,
  workspaceId,
  conversations,
  totalType: z.optional(
    z.enum(['', 'equal', 'greaterThanOrEqual'], 'must be "", "equal" or "greaterThanOrEqual"'),
  ),
  unknownParticipant: z.optional(z.enum(['empty', 'not found'], 'must be "empty" or "not found"')),
}

/** The options that the provider has and a stand-in does not need. */
type Ignored<Options, Own> = Readonly<
  Record<Exclude<keyof Options, keyof HttpOptions | keyof Own>, z.ZodMiniType>
>
const ignored = z.optional(z.unknown())
const ignoredHttp = Object.fromEntries(httpNames.map((name) => [name, ignored]))
const ignoredByTwilio: Ignored<TwilioOptions, TwilioStandInOptions> = {
  tokenUrl: ignored,
  serviceSid: ignored,
  region: ignored,
  edge: ignored,
}
const ignoredByBird: Ignored<BirdOptions, BirdStandInOptions> = { channelId: ignored }

const standInOptions = optionsSchema<StandInOptions>({
  twilio: z.optional(account(twilioShape, ignoredByTwilio).check(areUsable, twilioRows)),
  bird: z.optional(account(birdShape, ignoredByBird).check(birdRows)),
})

function account<T extends object>(
  shape: ShapeOf<T>,
  ignoredOptions: Readonly<Record<string, z.ZodMiniType>>,
): z.ZodMiniType<T> {
  // The output has the properties of the shape, each with its type: see ShapeOf.
  return z.pipe(plainOptions, z.strictObject({ ...ignoredHttp, ...ignoredOptions, ...shape })) as never
}

const source: OptionsSource = {
  call: 'createStandIn()',
  // Credentials in tests are worthless, unless somebody passes real ones.
  secrets: ['twilio', 'bird'],
  names: [
    'twilio',
    'bird',
    ...Object.keys(twilioShape).map((name) => `twilio.${name}`),
    ...Object.keys(birdShape).map((name) => `bird.${name}`),
  ],
  aliases: {
    'twilio.token': 'twilio.authToken',
    'twilio.username': 'twilio.accountSid',
    'twilio.password': 'twilio.authToken',
    'bird.apiKey': 'bird.accessKey',
  },
}
