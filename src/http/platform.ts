/**
 * Whether `fetch` is Node's own and nothing has replaced the global undici dispatcher that it would use. Where in
 * doubt: no.
 */
export function isPlatformUntouched(): boolean {
  if (!isNodesOwn(globalThis.fetch)) return false
  // The first symbol belongs to undici up to 7, the second to 7 and later. Node 26 puts a wrapper of the second
  // dispatcher under the first symbol.
  const [legacy, current] = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((key) =>
    Reflect.get(globalThis, Symbol.for(key)),
  )
  if (current !== undefined && !isPlainAgent(current)) return false
  if (legacy === undefined || isPlainAgent(legacy)) return true
  return current !== undefined && constructorName(legacy) === 'Dispatcher1Wrapper'
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

let knownAgent: unknown

/** In a minified bundle undici's classes have other names: the one that this library has loaded is known by itself. */
export function rememberAgent(agent: unknown): void {
  knownAgent = agent
}

/** An agent as undici makes it by itself: no subclass, no interceptor, no option set. */
function isPlainAgent(dispatcher: unknown): boolean {
  if (typeof dispatcher !== 'object' || dispatcher === null) return false
  const isAgent = dispatcher.constructor === knownAgent || constructorName(dispatcher) === 'Agent'
  if (!isAgent) return false
  // `compose()` returns a proxy with another `dispatch`.
  if (Reflect.get(dispatcher, 'dispatch') !== Reflect.get(Object.getPrototypeOf(dispatcher), 'dispatch'))
    return false
  const symbol = Object.getOwnPropertySymbols(dispatcher).find((key) => key.description === 'options')
  const options: unknown = symbol && Reflect.get(dispatcher, symbol)
  if (typeof options !== 'object' || options === null) return false
  return Object.entries(options).every(
    ([name, value]) => value === undefined || (name === 'maxOrigins' && value === Number.POSITIVE_INFINITY),
  )
}

function constructorName(value: object): unknown {
  return Object.getPrototypeOf(value)?.constructor?.name
}
