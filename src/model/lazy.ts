/** A value that is made when it is first read. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** An id, which most listings and requests never need. */
export function lazyId(): () => string {
  return lazy(() => crypto.randomUUID())
}
