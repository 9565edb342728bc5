import * as z from 'zod/mini'
import { parseOptions } from '../options/parse-options.ts'
import { optionsSchema, type ShapeOf, text, wholeNumber } from '../options/schemas.ts'

/** Whose conversations to make up, and how many. */
export interface SampleOptions {
  /** The participant's phone number, e-mail address, or, on Twilio, prefixed address such as `whatsapp:+1…`. */
  address: string
  /** How many conversations the participant is in. One of another person is added for every four of them. */
  count: number
  /**
   * The same options return the same conversations; another seed returns others.
   *
   * @default 1
   */
  seed?: number | undefined
}

/** Whose conversations to make up, how many, and in which channel. */
export interface BirdSampleOptions extends SampleOptions {
  /** The channel of all the conversations. */
  channelId: string
}

/** @throws ConfigurationError that names every invalid option */
export function parseSampleOptions(given: SampleOptions): SampleOptions {
  return parseOptions(sampleOptions, given, {
    call: 'sampleTwilioConversations()',
    names: Object.keys(shape),
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
  address: nonEmptyText,
  count: wholeNumber(0),
  seed: z.optional(z.number('must be a number')),
}
const birdShape: ShapeOf<BirdSampleOptions> = { ...shape, channelId: nonEmptyText }

const sampleOptions = optionsSchema<SampleOptions>(shape)
const birdSampleOptions = optionsSchema<BirdSampleOptions>(birdShape)
