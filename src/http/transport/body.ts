import { type RequestErrorContext, ResponseValidationError } from '../../model/errors.ts'
import { BodyTooLargeError } from './transport.ts'

/** The chunks of a body, as they arrive. */
export interface BodyParts {
  /** Returns false if the body has become too large: the chunk is not kept. */
  add(chunk: Uint8Array): boolean
  whole(): Uint8Array
}

export function createBodyParts(maxBytes: number): BodyParts {
  const chunks: Uint8Array[] = []
  let size = 0
  return {
    add(chunk) {
      size += chunk.byteLength
      return size <= maxBytes && chunks.push(chunk) > 0
    },
    whole() {
      const [first] = chunks
      if (chunks.length === 1 && first !== undefined) return first
      const bytes = new Uint8Array(size)
      let offset = 0
      for (const chunk of chunks) {
        bytes.set(chunk, offset)
        offset += chunk.byteLength
      }
      return bytes
    },
  }
}

/** Called when the body begins to be read, with a function that drops the connection. */
export type OnBodyStart = (cancel: () => void) => void

/** A body that arrives in chunks: a WHATWG stream, or a Node stream, as packages such as node-fetch have. */
export interface ChunkReader {
  read(): Promise<{ readonly done?: boolean | undefined; readonly value?: Uint8Array | string | undefined }>
  /** Drops the rest. */
  cancel(): unknown
}

/** Reads a body to its end. Mocks may send text. @throws BodyTooLargeError */
export async function readChunks(
  reader: ChunkReader,
  maxBytes: number,
  onStart: OnBodyStart,
): Promise<Uint8Array> {
  // Whether that succeeds makes no difference, and mocks may lack it.
  const cancel = (): void =>
    void Promise.resolve()
      .then(() => reader.cancel())
      .catch(() => {})
  onStart(cancel)
  const parts = createBodyParts(maxBytes)
  for (;;) {
    const { done, value = '' } = await reader.read()
    if (done) return parts.whole()
    if (parts.add(typeof value === 'string' ? bytesOf(value) : value)) continue
    cancel()
    // On Node 20 the body of a `new Response('…')` then repeats for ever. sinon marks what it replaces.
    if ('clock' in queueMicrotask)
      throw new RangeError('fake timers replace queueMicrotask; add it to toNotFake')
    throw new BodyTooLargeError(maxBytes)
  }
}

/** Text in UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Created on first use: Jest's jsdom has no TextDecoder, and the library can be imported there. */
let decoder: TextDecoder | undefined

/** UTF-8 only: bytes that are not would otherwise be replaced, and end up in somebody's name. */
export function decodeText(bytes: Uint8Array): string {
  decoder ??= new TextDecoder('utf-8', { fatal: true })
  return decoder.decode(bytes)
}

/** Parses the body of a successful response. */
export function parseJson(bytes: Uint8Array, title: string, contextOf: () => RequestErrorContext): unknown {
  try {
    return JSON.parse(decodeText(bytes))
  } catch (error) {
    const { url, provider = null } = contextOf()
    throw new ResponseValidationError(
      `${title} returned a body that is not UTF-8 JSON (${bytes.byteLength} bytes, ${url}).`,
      {
        provider,
        cause: withoutSnippet(error),
        advice: 'Check baseUrl, and any proxy or gateway in between.',
      },
    )
  }
}

/** V8 quotes the text around the error, which may be personal data. */
function withoutSnippet(error: unknown): unknown {
  return error instanceof SyntaxError ? new SyntaxError(error.message.split(',')[0]) : error
}
