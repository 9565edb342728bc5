import * as z from 'zod/mini'
import { COMPLETE, parseOptions } from '../options/parse-options.ts'
import { optionsSchema, type ShapeOf, text, wholeNumber } from '../options/schemas.ts'

/** How many conversations to make up. */
export interface SampleOptions {
  /** How many conversations the participant is in. One of another person is added for every four of them. */
  count: number
  /**
   * The same options return the same conversations; another seed returns others.
   *
   * @default 1
   */
  seed?: number | undefined
}

/** Whose conversations on Twilio to make up: those of an address, or those of a chat user. */
export interface TwilioSampleOptions extends SampleOptions {
  /** The participant's phone number, e-mail address or prefixed address, such as `whatsapp:+1…`. */
  address?: string | undefined
  /** The identity of a chat user, in place of an address. */
  identity?: string | undefined
}

/** Whose conversations on Bird to make up, and in which channel. */
export interface BirdSampleOptions extends SampleOptions {
  /** The contact's phone number, e-mail address, or WhatsApp user id with its prefix, `whatsapp:US.…`. */
  address: string
  /** The channel of all the conversations. */
  channelId: string
}

/** @throws ConfigurationError that names every invalid option */
export function parseTwilioSampleOptions(given: TwilioSampleOptions): TwilioSampleOptions {
  return parseOptions(twilioSampleOptions, given, {
    call: 'sampleTwilioConversations()',
    names: Object.keys(twilioShape),
  })
}

/** @throws ConfigurationError that names every invalid option */
export function parseBirdSampleOptions(given: BirdSampleOptions): BirdSampleOptions {
  return parseOptions(birdSampleOptions, given, {
    call: 'sampleBirdConversations()',
    names: Object.keys(birdShape),
  })
}

const nonEmptyText = text('must be a non-empty string')

const shape: ShapeOf<SampleOptions> = {
  count: wholeNumber(0),
  seed: z.optional(z.number('must be a number')),
}
const twilioShape: ShapeOf<TwilioSampleOptions> = {
  ...shape,
  address: z.optional(nonEmptyText),
  identity: z.optional(nonEmptyText),
}
const birdShape: ShapeOf<BirdSampleOptions> = { ...shape, address: nonEmptyText, channelId: nonEmptyText }

const twilioSampleOptions = optionsSchema<TwilioSampleOptions>(twilioShape).check(
  z.refine(({ address, identity }) => (address === undefined) !== (identity === undefined), {
    path: ['address'],
    error: 'or identity must be passed, and only one of them',
    params: COMPLETE,
  }),
)
const birdSampleOptions = optionsSchema<BirdSampleOptions>(birdShape)
