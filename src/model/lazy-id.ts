/** An id that is created when it is first read, since most listings and requests never need theirs. */
export function lazyId(): () => string {
  let id: string | undefined
  return () => {
    id ??= crypto.randomUUID()
    return id
  }
}
