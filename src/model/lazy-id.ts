/** An id that is created when it is first read: most listings and requests are never asked for theirs. */
export function lazyId(): () => string {
  let id: string | undefined
  return () => {
    id ??= crypto.randomUUID()
    return id
  }
}
