// undici keeps its global dispatcher under the first symbol up to version 7, and under the second from version 7 on.
// Node's `fetch` uses the first up to undici 7, and the second with undici 8, which is in Node 26.
const LEGACY = Symbol.for('undici.globalDispatcher.1')
const CURRENT = Symbol.for('undici.globalDispatcher.2')

interface Dispatcher {
  readonly dispatch?: unknown
}

interface Globals {
  readonly fetch: unknown
  readonly [LEGACY]?: Dispatcher
  readonly [CURRENT]?: Dispatcher
}

/** Which parts of Node's own HTTP have been replaced. */
export interface Platform {
  readonly isFetchReplaced: boolean
  readonly isDispatcherReplaced: boolean
  /** Whether the dispatcher takes its proxies from the environment, as Node's own with `NODE_USE_ENV_PROXY` does. */
  readonly isEnvironmentProxy: boolean
}

let seen: readonly unknown[] | undefined
let platform: Platform

/**
 * Whether `fetch` is Node's own, and whether anything has replaced the global undici dispatcher that it would use. If in
 * doubt, they count as replaced.
 */
export function examinePlatform(): Platform {
  const { fetch, [LEGACY]: legacy, [CURRENT]: current }: Globals = globalThis
  // This runs for each request, so it only looks closer if something has changed. An agent may be patched while in use.
  const found = [fetch, legacy, current, legacy?.dispatch, current?.dispatch]
  if (seen?.every((part, index) => part === found[index])) return platform
  seen = found
  platform = {
    isFetchReplaced: !isNodesOwn(fetch),
    isDispatcherReplaced: !(
      (!current || isPlainAgent(current)) &&
      (!legacy || isPlainAgent(legacy) || (current && isWrapper(legacy)))
    ),
    isEnvironmentProxy: [legacy, current].some(
      (dispatcher) => dispatcher?.constructor?.name === 'EnvHttpProxyAgent',
    ),
  }
  return platform
}

/** Whether `setImmediate` is Node's own, and not a fake timer, which may never fire. */
export function isNodesSetImmediate(value: unknown): boolean {
  return /\bnew Immediate\(/.test(sourceOf(value))
}

/** Whether MSW 3 answers on sockets: on the one to a proxy as well, which it would take for a request of its own. */
export function areSocketsMocked(): boolean {
  return sourceOf(process.getBuiltinModule('node:net').Socket.prototype.connect).includes('__MSW_')
}

/** The source of a function: '' for anything else. A proxy, or a function that is not JavaScript, has none to show. */
function sourceOf(value: unknown): string {
  return typeof value === 'function' ? Function.prototype.toString.call(value) : ''
}

/**
 * Node's `fetch` loads Node's own copy of undici by a name that only Node's code can use. The source of a stub does not
 * contain it, and the source of a proxy or of another runtime's `fetch` is not available. zone.js makes its patch show
 * the source of the original, but leaves a mark on it.
 */
function isNodesOwn(fetch: unknown): boolean {
  return (
    typeof fetch === 'function' &&
    sourceOf(fetch).includes("require('internal/deps/undici/undici')") &&
    hasOnly(fetch, /^(length|name|prototype)$/)
  )
}

/**
 * For older copies, undici 8 keeps a wrapper of the second symbol's dispatcher under the first. What it wraps cannot be
 * seen: if an older copy has set one as the dispatcher, so that it is under both symbols, nothing is known.
 */
function isWrapper(dispatcher: Dispatcher): boolean {
  return (
    dispatcher.constructor?.name === 'Dispatcher1Wrapper' &&
    dispatcher.dispatch === Object.getPrototypeOf(dispatcher).dispatch
  )
}

/** Whether an object has no other own properties than these. */
export function hasOnly(value: object, names: RegExp): boolean {
  return Reflect.ownKeys(value).every((key) => names.test(String(key)))
}

let knownAgent: unknown

/** In a minified bundle undici's classes have other names, so the class that this library has loaded is remembered. */
export function rememberAgent(agent: unknown): void {
  knownAgent = agent
}

/** An agent as undici creates it by default: no subclass, no interceptor, no options. */
function isPlainAgent(agent: Dispatcher): boolean {
  // Under symbols that undici does not export.
  const { options, factory } = Object.fromEntries(
    Object.getOwnPropertySymbols(agent).map((key) => [key.description, Reflect.get(agent, key)]),
  )
  return (
    options !== undefined &&
    // Minification renames the factory along with the class.
    (agent.constructor?.name === 'Agent'
      ? factory?.name === 'defaultFactory'
      : agent.constructor === knownAgent) &&
    // `maxOrigins` is Infinity by default.
    Object.values(options).every((value) => value === undefined || value === Number.POSITIVE_INFINITY) &&
    // Inherited, unless the agent or its class is patched; `compose()` returns a proxy with another one.
    agent.dispatch === Object.getPrototypeOf(Object.getPrototypeOf(agent)).dispatch
  )
}
