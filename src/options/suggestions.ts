import { closestMatch } from 'leven'

/** Options that another call takes. */
export interface OptionsElsewhere {
  readonly names: readonly string[]
  /** Who takes them, such as "the provider", and the name of the call. */
  readonly owner: string
  readonly call: string
}

/** What other libraries call an option, and what it is called here. */
const ALIASES: Readonly<Record<string, string>> = {
  state: 'status',
  pageToken: 'cursor',
  nextPageToken: 'cursor',
  after: 'cursor',
  startingAfter: 'cursor',
  perPage: 'pageSize',
  per_page: 'pageSize',
  address: 'participant.address',
  identity: 'participant.identity',
  channelId: 'providerOptions.bird.channelId',
  reverse: 'providerOptions.bird.reverse',
  requestTimeout: 'timeoutMs',
  retries: 'retry.retries',
  maxRetries: 'retry.retries',
  proxy: 'dispatcher',
  agent: 'dispatcher',
  httpsAgent: 'dispatcher',
  apiKey: 'accessKey',
  token: 'authToken',
  username: 'accountSid',
  password: 'authToken',
}

/** Suggests an option in place of an unknown one, as a sentence; '' if none is similar. */
export function suggestionFor(
  path: readonly PropertyKey[],
  names: readonly string[],
  elsewhere?: OptionsElsewhere,
): string {
  const option = path.join('.')
  const known = [...names, ...(elsewhere?.names ?? [])]
  const alias = Object.hasOwn(ALIASES, option) ? ALIASES[option] : undefined
  const found = alias !== undefined && known.includes(alias) ? alias : closestTo(option, path, known)
  if (found === undefined) return ''
  if (elsewhere === undefined || names.includes(found)) return ` Did you mean "${found}"?`
  const subject = found === option ? 'It' : `"${found}"`
  return ` ${subject} belongs to ${elsewhere.owner}: ${elsewhere.call}(${asArgument(found.split('.'))})`
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
