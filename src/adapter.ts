/**
 * The entry `participant-conversations/adapter`: everything that adapters use, including the built-in ones.
 *
 * @module participant-conversations/adapter
 */
export * from './listing/public.ts'

// The description of an adapter.

export { defineProvider } from './provider/define-provider.ts'
export type {
  PageContent,
  PageContext,
  PageRequest,
  PageRows,
  ProviderDescription,
} from './provider/description.ts'

// Its options.

export { readEnvironment } from './options/environment.ts'
export { isCredential } from './options/schemas.ts'
export type {
  InputOf,
  OutputOf,
  Schema,
  SchemaIssue,
  SchemaResult,
  SchemasFor,
} from './options/standard-schema.ts'
export { type AdapterOptionsSource, parseAdapterOptions } from './provider/adapter-options.ts'

// The participants that it looks up.

export { type Address, parseAddress, splitPrefix, withPrefix } from './model/address.ts'
export { problemOfAddress } from './model/address-problems.ts'
export { isPhoneNumber } from './model/phone-number.ts'
export {
  type ParticipantLookup,
  type ParticipantRules,
  unsupportedParticipant,
} from './provider/participant-lookup.ts'

// Its requests.

export {
  type Authorization,
  basic,
  bearer,
  type CredentialsRequest,
  type CredentialsSource,
} from './http/authorization.ts'
export type { Call } from './http/call.ts'
export type { JsonClient, JsonRequest, JsonResponse } from './http/client.ts'
export { type ClientCredentialsOptions, clientCredentials } from './http/client-credentials.ts'
export { type Hidden, hidden, type QueryValue } from './http/url.ts'

// Its responses.

export type { ErrorBody } from './http/api-profile.ts'
export { emptyFields, emptyParticipant } from './model/empty.ts'
export { countOrNull, dateOrNull, recordOrNull, statusOrUnknown, textOrNull } from './model/read.ts'
export { describeKind } from './options/describe-value.ts'
export { type ExpectedPageUrl, type NextPageUrl, readNextPageUrl } from './provider/next-page-url.ts'
