import type { HttpOptions } from '../../http/http-options.ts'
import type { Fetch } from '../../model/platform-types.ts'
import { optionsError } from '../../options/parse-options.ts'
import { ignoreRejection, isPromise } from '../../options/promise.ts'
import type { ConversationProvider } from '../../provider/provider.ts'
import type { PlatformResponse } from '../platform-types.ts'
import { quote } from './assert.ts'
import { type AnyTestOptions, source } from './options.ts'
import { SetupError } from './problems.ts'

/** Whether `createProvider` passes on the HTTP options that the suite chooses. */
export function takesHttpOptions({ createProvider }: AnyTestOptions): boolean {
  return createProvider.length >= 2
}

/** @throws ConfigurationError if `createProvider` does not return a provider */
export function createProvider(
  options: AnyTestOptions,
  fetch: Fetch,
  http: HttpOptions = {},
): ConversationProvider {
  const fail = (message: string): never => {
    throw optionsError(source, [{ option: 'createProvider', message: `createProvider ${message}` }])
  }
  let provider: unknown
  try {
    provider = options.createProvider(fetch, { retry: { retries: 0 }, ...http })
  } catch (error) {
    return fail(`throws ${quote(error)}`)
  }
  ignoreRejection(provider)
  if (isPromise(provider)) {
    return fail('returns a promise: do what is asynchronous before, and return the provider itself')
  }
  if (typeof Object(provider).listPage !== 'function') {
    return fail(`must return a provider, with a method listPage(); it returned ${quote(provider)}`)
  }
  // A method is there. What else is wrong with it, the cases report.
  return provider as ConversationProvider
}

/** A provider that is looked at, and not listed. */
export function unusedProvider(options: AnyTestOptions): ConversationProvider {
  return createProvider(options, () => Promise.reject(new Error('not for requests')))
}

/** Calls an option that returns a `Response`, or a promise of one. @throws SetupError if it does not */
export async function responseOf(
  option: 'respond' | 'respondError',
  call: () => PlatformResponse | Promise<PlatformResponse>,
): Promise<Response> {
  const response: unknown = await calling(option, call)
  const { status, clone }: Partial<Record<'status' | 'clone', unknown>> = Object(response)
  if (typeof status !== 'number' || typeof clone !== 'function') {
    throw new SetupError(`${option}() must return a Response; it returned ${quote(response)}`)
  }
  // It has what the suite uses.
  return response as Response
}

/** @throws SetupError if the option throws or rejects */
export async function calling<T>(option: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw new SetupError(`${option}() throws ${quote(error)}`)
  }
}

/** @throws SetupError unless an option returns another text for each number */
export function distinctTexts(option: string, texts: readonly unknown[]): string[] {
  const checked = texts.map((text) => {
    if (typeof text === 'string' && text !== '') return text
    throw new SetupError(`${option}() must return a non-empty string; it returned ${quote(text)}`)
  })
  const repeated = checked.find((text, index) => checked.indexOf(text) !== index)
  if (repeated === undefined) return checked
  throw new SetupError(
    `${option}() must return another string for each number; it repeats ${quote(repeated)}`,
  )
}
