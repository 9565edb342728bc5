import { type ConversationProvider, ConversationsError } from '../index.ts'
import { describeValue } from '../options/describe-value.ts'
import { importModule } from './import-module.ts'
import { asSentence } from './text.ts'
import { UsageError } from './usage-error.ts'

/** What a module may export to be an adapter. */
type Candidate = ConversationProvider | (() => unknown)

const EXPECTED = 'a provider (an object with a name and listPage()) or a function that returns one'

/**
 * The provider of a module: its default export, or else its only export that may be one. A function is called without
 * arguments and may be async.
 *
 * @throws UsageError for a module that cannot be loaded or has no provider
 * @throws ConversationsError as the module or its function throws it, such as a ConfigurationError for a missing variable
 */
export async function loadAdapter(specifier: string): Promise<ConversationProvider> {
  const [name, candidate] = findCandidate(await importModule(specifier), specifier)
  if (isProvider(candidate)) return candidate
  const called = name === 'default' ? `The default export of ${specifier}` : `${name}() of ${specifier}`
  const provider = await call(candidate, called)
  if (isProvider(provider)) return provider
  throw new UsageError(
    `${called} returned ${describeValue(provider)} instead of a provider: an object with a name and listPage().`,
  )
}

async function call(create: () => unknown, called: string): Promise<unknown> {
  try {
    return await create()
  } catch (error) {
    if (error instanceof ConversationsError) throw error
    throw new UsageError(
      `${called} failed: ${asSentence(error)} It is called without arguments: let it read its options from the environment.`,
      { cause: error },
    )
  }
}

/** @throws UsageError if there is no candidate, or no telling which one is meant */
function findCandidate(module: object, specifier: string): readonly [name: string, Candidate] {
  const candidates = Object.entries(exportsOf(module)).filter(
    (entry): entry is [string, Candidate] => isProvider(entry[1]) || typeof entry[1] === 'function',
  )
  const providers = candidates.filter(([, value]) => isProvider(value))
  const main = candidates.find(([name]) => name === 'default')
  const [only, ...others] = providers.length === 1 ? providers : candidates
  if (main !== undefined) return main
  if (only === undefined) {
    throw new UsageError(
      `${specifier} exports no provider. Its default export, or its only one, must be ${EXPECTED}.`,
    )
  }
  if (others.length === 0) return only
  const names = candidates.map(([name]) => name).join(', ')
  throw new UsageError(
    `${specifier} has no default export, and any of these may be meant: ${names}. Make one of them the default export, or pass a file that does.`,
  )
}

/** CommonJS has its exports in the default export, even a `default` of its own if it was compiled from ESM. */
function exportsOf(module: object): object {
  const main: unknown = Reflect.get(module, 'default')
  if (typeof main !== 'object' || main === null || isProvider(main)) return module
  // Node lists the whole of a CommonJS module under this name too.
  return { ...module, 'module.exports': undefined, ...main }
}

/** What else is wrong with a provider, the listing says. */
function isProvider(value: unknown): value is ConversationProvider {
  const { name, listPage }: { readonly name?: unknown; readonly listPage?: unknown } = Object(value)
  return typeof name === 'string' && name !== '' && typeof listPage === 'function'
}
