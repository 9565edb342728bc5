import { ConversationsError } from './errors.ts'

/** What an adapter threw, as an error of this library that names its provider. */
export function asConversationsError(cause: unknown, provider: string): ConversationsError {
  if (cause instanceof ConversationsError) {
    if (cause.provider !== null) return cause
    return Object.defineProperty(copyOf(cause), 'provider', { value: provider, enumerable: true })
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  return new ConversationsError(`${provider}: ${message}`, { provider, cause })
}

/** Sets the cursor of an error. Returns a copy if it has one already, since listings may share an error. */
export function withCursor(error: ConversationsError, cursor: string | null): ConversationsError {
  const target = error.cursor === null ? error : copyOf(error)
  return Object.defineProperty(target, 'cursor', { value: cursor, enumerable: true, configurable: true })
}

/** Created by the constructor of `Error`, so that the platform recognizes it as an error. */
function copyOf(error: ConversationsError): ConversationsError {
  const copy = Object.defineProperties(new Error(error.message), {
    ...Object.getOwnPropertyDescriptors(error),
    // From Node 22 on it is an accessor that returns the stack of the error it is called on.
    stack: { value: error.stack, configurable: true, writable: true },
  })
  return Object.setPrototypeOf(copy, Object.getPrototypeOf(error))
}
