import * as z from 'zod/mini'
import type { Address } from '../model/address.ts'
import { CONVERSATION_STATUSES } from '../model/conversation.ts'
import type { ParticipantForm } from '../model/participant.ts'
import { recordOrNull } from '../model/read.ts'
import { parseOptions } from '../options/parse-options.ts'
import { withoutPrototype } from '../options/plain-options.ts'
import {
  anyOptions,
  boolean,
  callback,
  inheritingNothing,
  matches,
  plainOptions,
  text,
  wholeNumber,
} from '../options/schemas.ts'
import type { ProviderDescription } from './description.ts'
import { optionalPath, pageSize, pageSizeShape, paging, pagings } from './paging/check-paging.ts'

/** Checks descriptions, since custom adapters may be written without types. */

const schema = z.custom<object>(
  (value) => '~standard' in Object(value),
  'must be a schema, such as one of zod',
)
const optionalFunction = z.optional(callback())
const STATUSES = `must be an array of ${CONVERSATION_STATUSES.join(', ')}`
const HEADER = 'must be the name of a header'
const PLACE = 'must have either header or query: where the credentials go'
const isTrue = z.optional(z.literal(true, 'must be true'))

const KINDS = ['phone', 'email', 'whatsappUserId', 'other'] satisfies Address['kind'][]
const PHONE = `must be an array of channels, such as ['sms', 'whatsapp'], or { shared: [...] }`
const ADDRESS = `must be true, or an array of ${KINDS.map((kind) => `'${kind}'`).join(', ')}`
const IDENTITY = 'must be true, or { maxLength }'

const channels = z.array(text(PHONE), PHONE).check(z.minLength(1, PHONE))

const forms = {
  phone: z.optional(z.union([channels, z.strictObject({ shared: channels })], PHONE)),
  address: z.optional(
    z.union([z.literal(true), z.array(z.enum(KINDS)).check(z.minLength(1, ADDRESS))], ADDRESS),
  ),
  identity: z.optional(z.union([z.literal(true), z.strictObject({ maxLength: wholeNumber(1) })], IDENTITY)),
  id: isTrue,
  identifier: isTrue,
} satisfies { readonly [Form in ParticipantForm]: z.ZodMiniType }

/** Used as they are: the order of the forms matters. */
const participants = z.pipe(
  anyOptions.check(
    matches(() => z.pipe(plainOptions, z.strictObject(forms))),
    z.refine((given) => Object.keys(given).length > 0, 'must have at least one form'),
  ),
  z.transform(withoutPrototype),
)

const place = z.object({
  header: z.optional(text(HEADER, /^[\w!#$%&'*+.^`|~-]+$/)),
  scheme: z.optional(text('must be a word', /^\S+$/)),
  query: z.optional(text('must be the name of a parameter')),
})

const authorization = z.looseObject({
  place: inheritingNothing(place).check(
    z.refine(({ header, query }) => (header === undefined) !== (query === undefined), PLACE),
  ),
  credentials: z.custom(
    (value) => value === null || typeof value === 'string' || typeof value === 'function',
    'must be a string, a function or null',
  ),
})

const statuses = {
  all: z.array(z.enum(CONVERSATION_STATUSES, STATUSES), STATUSES).check(z.minLength(1, STATUSES)),
  filter: z.optional(z.enum(['one', 'none'], `must be 'one' or 'none'`)),
}

const rows = {
  in: optionalPath,
  optional: z.optional(boolean),
  id: optionalPath,
  schema: z.optional(schema),
  normalize: callback(),
}

const shape = {
  name: text('must be a non-empty string'),
  title: z.optional(text('must be a non-empty string')),
  scope: z.string('must be a string'),
  baseUrl: text('must be an absolute URL'),
  hostOptions: z.optional(z.array(z.string(), 'must be an array of strings')),
  http: z.optional(z.unknown()), // checked with its own names
  authorization: inheritingNothing(authorization),
  participants,
  lookupKey: optionalFunction,
  notFound: z.optional(z.enum(['empty', 'error'], `must be 'empty' or 'error'`)),
  statuses: inheritingNothing(z.strictObject(statuses)),
  listOptions: z.optional(schema),
  lists: optionalFunction,
  request: callback(),
  pageSize: z.optional(pageSize),
  paging,
  rows: inheritingNothing(z.strictObject(rows)),
  total: optionalPath,
  page: z.optional(schema),
  readError: optionalFunction,
  errorStatus: optionalFunction,
  advice: z.optional(anyOptions),
  requestIdHeaders: z.optional(z.array(z.string(), 'must be an array of strings')),
} satisfies { readonly [Name in keyof Required<AnyDescription>]: z.ZodMiniType }

type AnyDescription = ProviderDescription<string, ParticipantForm, unknown, unknown, object>

const description = z.pipe(plainOptions, z.strictObject(shape))

const under = (name: string, part: object): string[] => Object.keys(part).map((key) => `${name}.${key}`)

/** The paths of all properties, to suggest one in place of an unknown one. */
const names = [
  ...Object.keys(shape),
  ...under('rows', rows),
  ...under('participants', forms),
  ...under('statuses', statuses),
  ...under('pageSize', pageSizeShape),
  ...new Set(Object.values(pagings).flatMap((one) => under('paging', one))),
]

/**
 * Returns the description itself, without what it inherits.
 *
 * @throws ConfigurationError that names every invalid property
 */
export function checkDescription<D extends object>(given: D): D {
  const name = recordOrNull(given)?.name
  // The schema checks the properties, and returns them with their values.
  return parseOptions(description, given, {
    call: 'defineProvider()',
    provider: typeof name === 'string' ? name : null,
    secrets: ['http', 'authorization'],
    names,
  }) as D
}
