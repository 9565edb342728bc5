import { ConversationsError, isLibraryPrototype } from './errors.ts'
import { messageOf } from './message.ts'

/** What an adapter threw, as an error of this library that names its provider. */
export function asConversationsError(cause: unknown, provider: string): ConversationsError {
  if (!(cause instanceof ConversationsError)) {
    return new ConversationsError(`${provider}: ${messageOf(cause)}`, { provider, cause })
  }
  if (cause.provider !== null) return cause
  // Several providers may throw the same error of this library; an adapter's own class belongs to one of them.
  return isOfLibrary(cause) ? copyOf(cause, 'provider', provider) : withProperty(cause, 'provider', provider)
}

/** Sets the cursor of an error. Returns a copy if it has one already, since listings may share an error. */
export function withCursor(error: ConversationsError, cursor: string | null): ConversationsError {
  return error.cursor === null ? replaceCursor(error, cursor) : copyOf(error, 'cursor', cursor)
}

/** Replaces the cursor of an error that `withCursor` returned: no other listing has it. */
export function replaceCursor(error: ConversationsError, cursor: string | null): ConversationsError {
  return withProperty(error, 'cursor', cursor)
}

type Property = 'cursor' | 'provider'

/** Sets a property of the error itself; of a copy if the error is frozen. */
function withProperty(error: ConversationsError, name: Property, value: string | null): ConversationsError {
  return Reflect.set(error, name, value) ? error : copyOf(error, name, value)
}

/**
 * A copy with another value of a property, created by the constructor of `Error`, so that the platform recognizes it as
 * an error. An adapter's own class may have private fields, which cannot be copied: the copy is then of the class of this
 * library that it extends, with the original as the cause.
 */
function copyOf(error: ConversationsError, name: Property, value: string | null): ConversationsError {
  const hidden = { configurable: true, writable: true }
  const copy = Object.defineProperties(new Error(error.message), {
    ...Object.getOwnPropertyDescriptors(error),
    // From Node 22 on it is an accessor that returns the stack of the error it is called on.
    stack: { ...hidden, value: error.stack },
    ...(!isOfLibrary(error) && { cause: { ...hidden, value: error } }),
    [name]: { ...hidden, enumerable: true, value },
  })
  return Object.setPrototypeOf(copy, libraryPrototype(error))
}

/** Whether the class of an error is one of this library, or of another copy of it, and not an adapter's own. */
function isOfLibrary(error: ConversationsError): boolean {
  return Object.getPrototypeOf(error) === libraryPrototype(error)
}

function libraryPrototype(value: object): object {
  const prototype: object = Object.getPrototypeOf(value)
  return isLibraryPrototype(prototype) ? prototype : libraryPrototype(prototype)
}
