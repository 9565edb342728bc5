import * as z from 'zod/mini'
import { type OptionsSource, parseOptions } from '../options/parse-options.ts'
import { optionsSchema, plainOptions, type ShapeOf, text, wholeNumber } from '../options/schemas.ts'
import type { BirdStandInOptions } from './bird.ts'
import type { TwilioStandInOptions } from './twilio.ts'

/**
 * What a stand-in plays. A provider that is omitted returns 404 for everything. Unknown properties of an account are
 * ignored, so that one object can hold the credentials for the stand-in and those for the provider.
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

const ARRAY = 'must be an array of conversations'
const string = text('must be a non-empty string')
const secret = z.optional(string)
// Conversations may have any shape, since tests serve invalid ones too.
const conversations = z.custom<never[]>((value) => Array.isArray(value), ARRAY)

const twilioShape: ShapeOf<TwilioStandInOptions> = {
  accountSid: string,
  authToken: secret,
  apiKey: secret,
  apiSecret: secret,
  clientId: secret,
  clientSecret: secret,
  accessTokenTtlSeconds: z.optional(wholeNumber(0)),
  conversations,
  services: z.optional(z.record(z.string(), conversations, 'must be an object')),
}

const birdShape: ShapeOf<BirdStandInOptions> = {
  accessKey: string,
  workspaceId: string,
  conversations,
  totalType: z.optional(
    z.enum(['', 'equal', 'greaterThanOrEqual'], 'must be "", "equal" or "greaterThanOrEqual"'),
  ),
  unknownParticipant: z.optional(z.enum(['empty', 'not found'], 'must be "empty" or "not found"')),
}

const standInOptions = optionsSchema<StandInOptions>({
  twilio: z.optional(account(twilioShape)),
  bird: z.optional(account(birdShape)),
})

function account<T extends object>(shape: ShapeOf<T>): z.ZodMiniType<T> {
  // The output has the properties of the shape, each with its type: see ShapeOf.
  return z.pipe(plainOptions, z.object(shape)) as never
}

const source: OptionsSource = {
  call: 'createStandIn()',
  // Credentials in tests are worthless, unless somebody passes real ones.
  secrets: ['twilio', 'bird'],
  names: ['twilio', 'bird'],
}
