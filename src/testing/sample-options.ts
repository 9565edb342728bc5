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

/** Which person to make up, and how many conversations. */
export interface PersonSampleOptions {
  /**
   * The number for SMS, WhatsApp and RCS.
   *
   * @default '+12025550123'
   */
  phone?: string | undefined
  /** @default 'jo@example.com' */
  email?: string | undefined
  /**
   * The identity as a chat user, on Twilio.
   *
   * @default 'jo'
   */
  identity?: string | undefined
  /**
   * How many conversations the person has in each channel of each provider.
   *
   * @default 3
   */
  count?: number | undefined
  /**
   * The same options return the same conversations; another seed returns others.
   *
   * @default 1
   */
  seed?: number | undefined
}

/** @throws ConfigurationError that names every invalid option */
export function parsePersonSampleOptions(given: PersonSampleOptions): PersonSampleOptions {
  return parseOptions(personSampleOptions, given, { call: 'samplePerson()', names: Object.keys(personShape) })
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
const personShape: ShapeOf<PersonSampleOptions> = {
  phone: z.optional(text('must be a phone number ("+" followed by digits)', /^\+\d+$/)),
  email: z.optional(text('must be an e-mail address', /^[^@\s]+@[^@\s]+$/)),
  identity: z.optional(nonEmptyText),
  count: z.optional(wholeNumber(0)),
  seed: z.optional(z.number('must be a number')),
}

const personSampleOptions = optionsSchema<PersonSampleOptions>(personShape)
const twilioSampleOptions = optionsSchema<TwilioSampleOptions>(twilioShape).check(
  z.refine(({ address, identity }) => (address === undefined) !== (identity === undefined), {
    path: ['address'],
    error: 'or identity must be passed, and only one of them',
    params: COMPLETE,
  }),
)
const birdSampleOptions = optionsSchema<BirdSampleOptions>(birdShape)
