/** Yields every value within a value, including itself and properties that are not enumerable, with its path. */
export function* walk(
  value: unknown,
  path: string,
  seen: Set<object> = new Set(),
): Generator<{ value: unknown; path: string }> {
  yield { value, path }
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
  seen.add(value)
  for (const key of Reflect.ownKeys(value)) {
    const inner = Array.isArray(value) ? `${path}[${String(key)}]` : `${path}.${String(key)}`
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key)
    if (descriptor !== undefined && 'value' in descriptor) yield* walk(descriptor.value, inner, seen)
    // A function stands for what is computed when it is read.
    else if (descriptor !== undefined) yield { value: descriptor.get, path: inner }
  }
}
