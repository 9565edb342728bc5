/** A text that can be read from a value, and where. */
export interface ReadableText {
  readonly text: string
  readonly path: string
}

/** More values than an error has, unless it holds half of a program. */
const MAX_OBJECTS = 20_000

/** More than a collection in an error has, and an end for one that has none. */
const MAX_ENTRIES = 1000

/**
 * Yields every text that can be read from a value, the nearest first: names and values of properties, its own and inherited
 * ones, even behind an accessor; what it iterates over; bytes; and what its methods for JSON and for text return.
 */
export function* textsIn(root: unknown, rootPath: string): Generator<ReadableText> {
  const queue: [value: unknown, path: string][] = [[root, rootPath]]
  const seen = new Set<unknown>()
  for (let turn = 0; turn < queue.length; turn += 1) {
    const [value, path] = queue[turn] ?? []
    if (path === undefined) return
    if (typeof value === 'string') yield { text: value, path }
    if (!isObject(value) || seen.has(value) || seen.size > MAX_OBJECTS) continue
    seen.add(value)
    const bytes = bytesOf(value)
    if (bytes !== null) {
      yield { text: new TextDecoder().decode(bytes), path }
      continue
    }
    for (const name of Reflect.ownKeys(value)) {
      yield { text: nameOf(name), path: `the name of a property of ${path}` }
    }
    for (const [name, read] of propertiesOf(value)) queue.push([attempt(read), pathTo(path, value, name)])
    for (const entry of entriesOf(value)) queue.push([entry, `an entry of ${path}`])
    for (const form of formsOf(value)) queue.push([form, path])
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function bytesOf(value: object): ArrayBuffer | ArrayBufferView | null {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? value : null
}

/** Its own properties, and the accessors that it inherits from all but the root of its classes. */
function* propertiesOf(value: object): Generator<[name: PropertyKey, read: () => unknown]> {
  for (let holder: object | null = value; holder !== null; ) {
    const parent: object | null = Object.getPrototypeOf(holder)
    if (parent === null && holder !== value) return
    for (const name of Reflect.ownKeys(holder)) {
      const isAccessor = Reflect.getOwnPropertyDescriptor(holder, name)?.get !== undefined
      if (holder === value || isAccessor) yield [name, () => Reflect.get(value, name)]
    }
    holder = parent
  }
}

/** What a Map, a Set, a Headers or a URLSearchParams contains. */
function* entriesOf(value: object): Generator<unknown> {
  const iterate = attempt(() => Reflect.get(value, Symbol.iterator))
  if (Array.isArray(value) || typeof iterate !== 'function') return
  try {
    let count = 0
    for (const entry of value as Iterable<unknown>) {
      if (count >= MAX_ENTRIES) return
      count += 1
      yield entry
    }
  } catch {
    // It cannot be iterated over, so it shows nothing.
  }
}

/** Methods that say how a value is shown: in JSON, in text, and on Node's console. */
const SHOWN_BY = ['toJSON', 'toString', Symbol.for('nodejs.util.inspect.custom')]

function formsOf(value: object): unknown[] {
  if (typeof value === 'function' || Array.isArray(value)) return []
  return SHOWN_BY.map((name) => attempt(() => Reflect.get(value, name).call(value, 5, {}, String)))
}

/** An accessor, or a method such as toJSON(), may throw. */
function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}

function nameOf(name: PropertyKey): string {
  return typeof name === 'symbol' ? (name.description ?? '') : String(name)
}

function pathTo(path: string, value: object, name: PropertyKey): string {
  return Array.isArray(value) ? `${path}[${nameOf(name)}]` : `${path}.${nameOf(name)}`
}
