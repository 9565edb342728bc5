import { closestMatch } from 'leven'

/** Options that another call takes. */
export interface OptionsElsewhere {
  readonly names: readonly string[]
  /** Who takes them, such as "the provider", and the name of the call. */
  readonly owner: string
  readonly call: string
}

/** What other libraries call an option, and what it is called here. */
export type Aliases = Readonly<Record<string, string>>

/** What other libraries call the options of a listing and of HTTP. */
const ALIASES: Aliases = {
  state: 'status',
  pageToken: 'cursor',
  nextPageToken: 'cursor',
  after: 'cursor',
  startingAfter: 'cursor',
  perPage: 'pageSize',
  per_page: 'pageSize',
  requestTimeout: 'timeoutMs',
  maxRetries: 'retry.retries',
  proxy: 'dispatcher',
  agent: 'dispatcher',
  httpsAgent: 'dispatcher',
}

/** Suggests an option in place of an unknown one, as a sentence; '' if none is similar. */
export function suggestionFor(
  path: readonly PropertyKey[],
  names: readonly string[],
  { aliases = {}, elsewhere }: { aliases?: Aliases | undefined; elsewhere?: OptionsElsewhere | undefined },
): string {
  const option = path.join('.')
  const known = [...names, ...(elsewhere?.names ?? [])]
  const found = [aliasOf(option, { ...ALIASES, ...aliases }), nestedName(option, known)].find(
    (name) => name !== undefined && known.includes(name),
  )
  const suggested = found ?? closestTo(option, path, known)
  if (suggested === undefined) return ''
  if (elsewhere === undefined || names.includes(suggested)) return ` Did you mean "${suggested}"?`
  const subject = suggested === option ? 'It' : `"${suggested}"`
  return ` ${subject} belongs to ${elsewhere.owner}: ${elsewhere.call}(${asArgument(suggested.split('.'))})`
}

function aliasOf(option: string, aliases: Aliases): string | undefined {
  return Object.hasOwn(aliases, option) ? aliases[option] : undefined
}

/** An option of this name that belongs deeper: `retries` is `retry.retries`. */
function nestedName(option: string, names: readonly string[]): string | undefined {
  return names.includes(option) ? option : names.find((name) => name.endsWith(`.${option}`))
}

/** The option whose name differs in at most half of its characters. Only options of the same depth are suggested. */
function closestTo(
  option: string,
  path: readonly PropertyKey[],
  names: readonly string[],
): string | undefined {
  const siblings = names.filter((name) => name.split('.').length === path.length)
  return closestMatch(option, siblings, { maxDistance: Math.ceil(String(path.at(-1)).length / 2) })
}

/** `{ retry: { retries } }` */
function asArgument([name, ...rest]: readonly string[]): string {
  return rest.length === 0 ? `{ ${name} }` : `{ ${name}: ${asArgument(rest)} }`
}
