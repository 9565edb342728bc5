import type { AnyConversation, ConversationList } from '../../src/index.ts'
import { collect, errorOf } from './listing.ts'

/** Every way to read a listing. */
export const readings: Readonly<
  Record<string, (list: ConversationList<AnyConversation>) => Promise<unknown>>
> = {
  'for await': (list) => collect(list),
  'pages()': (list) => collect(list.pages()),
  'first()': (list) => list.first(),
  'first(count)': (list) => list.first(2),
  'toArray()': (list) => list.toArray(),
}

/** Returns what every way to read a listing rejects with; they must all reject with the same message. */
export async function errorOfEveryReading<E extends Error>(
  list: ConversationList<AnyConversation>,
  errorClass: new (...args: never[]) => E,
): Promise<E> {
  const errors = await Promise.all(Object.values(readings).map((read) => errorOf(read(list), errorClass)))
  const [error] = errors
  if (error === undefined || errors.some(({ message }) => message !== error.message)) {
    throw new Error(`not the same error in every way: ${errors.map(({ message }) => message).join(' | ')}`)
  }
  return error
}
