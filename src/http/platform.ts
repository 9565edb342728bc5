// Where undici keeps its global dispatcher: up to 7 in the first place, from 7 on in the second too. Node's `fetch`
// takes the one from the first up to undici 7, from the second with undici 8, which Node 26 has.
const LEGACY = Symbol.for('undici.globalDispatcher.1')
const CURRENT = Symbol.for('undici.globalDispatcher.2')

interface Dispatcher {
  readonly dispatch?: unknown
}

interface Platform {
  readonly fetch: unknown
  readonly [LEGACY]?: Dispatcher
  readonly [CURRENT]?: Dispatcher
}

/** What was there when it was last found untouched. */
let untouched: readonly unknown[] | undefined

/**
 * Whether `fetch` is Node's own and nothing has replaced the global undici dispatcher that it would use. Where in
 * doubt: no.
 */
export function isPlatformUntouched(): boolean {
  const { fetch, [LEGACY]: legacy, [CURRENT]: current }: Platform = globalThis
  // This is asked at each request: it looks closer only where something has changed. An agent may be patched in use.
  const found = [fetch, legacy, current, legacy?.dispatch, current?.dispatch]
  if (untouched?.every((part, index) => part === found[index])) return true
  if (!isNodesOwn(fetch)) return false
  if (current && !isPlainAgent(current)) return false
  if (legacy && !isPlainAgent(legacy) && !(current && isWrapper(legacy))) return false
  untouched = found
  return true
}

/**
 * Node's `fetch` loads Node's own copy of undici by a name that only Node's own code can use. A stub's source does
 * not have it, and the source of a proxy or of another runtime's `fetch` is not shown at all.
 */
function isNodesOwn(fetch: unknown): boolean {
  return (
    typeof fetch === 'function' &&
    Function.prototype.toString.call(fetch).includes("require('internal/deps/undici/undici')")
  )
}

/**
 * undici 8 puts a wrapper of the second place's dispatcher into the first, for older copies. What a wrapper wraps cannot
 * be seen: where an older copy has set one as the dispatcher, so that it is in both places, nothing is known.
 */
function isWrapper(dispatcher: Dispatcher): boolean {
  return (
    dispatcher.constructor?.name === 'Dispatcher1Wrapper' &&
    dispatcher.dispatch === Object.getPrototypeOf(dispatcher).dispatch
  )
}

let knownAgent: unknown

/** In a minified bundle undici's classes have other names: the one that this library has loaded is known by itself. */
export function rememberAgent(agent: unknown): void {
  knownAgent = agent
}

/** An agent as undici makes it by itself: no subclass, no interceptor, no option set. */
function isPlainAgent(agent: Dispatcher): boolean {
  // undici keeps them under symbols of its own.
  const { options, factory } = Object.fromEntries(
    Object.getOwnPropertySymbols(agent).map((key) => [key.description, Reflect.get(agent, key)]),
  )
  return (
    options !== undefined &&
    // The name of the factory is lost with that of the class.
    (agent.constructor?.name === 'Agent'
      ? factory?.name === 'defaultFactory'
      : agent.constructor === knownAgent) &&
    // By itself `maxOrigins` is no limit.
    Object.values(options).every((value) => value === undefined || value === Number.POSITIVE_INFINITY) &&
    // An agent and its class inherit it, unless they are patched; `compose()` returns a proxy with another.
    agent.dispatch === Object.getPrototypeOf(Object.getPrototypeOf(agent)).dispatch
  )
}
