import { type RequestErrorContext, ResponseValidationError } from '../model/errors.ts'
import { BodyTooLargeError } from './transport.ts'

/** The chunks of a body, as they come. */
export interface BodyParts {
  /** False where the body has become too large: the chunk is not kept. */
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

/** Reads a stream to its end. @throws BodyTooLargeError */
export async function readStream(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const reader = stream.getReader()
  const parts = createBodyParts(maxBytes)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts.whole()
    if (parts.add(value)) continue
    // The connection is given up; how that goes does not matter any more.
    reader.cancel().catch(() => {})
    throw new BodyTooLargeError(maxBytes)
  }
}

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })

/** UTF-8, and nothing else: bytes that are not would otherwise be replaced, and end up in somebody's name. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Parses the body of a successful answer. */
export function parseJson(bytes: Uint8Array, title: string, contextOf: () => RequestErrorContext): unknown {
  try {
    return JSON.parse(decodeText(bytes))
  } catch (error) {
    const { url, provider = null } = contextOf()
    throw new ResponseValidationError(
      `${title} answered with something that is not JSON in UTF-8 (${bytes.byteLength} bytes, ${url}). Check baseUrl, and what stands between here and there.`,
      { provider, cause: withoutSnippet(error) },
    )
  }
}

/** V8 quotes the text around the fault, which may be anybody's data. */
function withoutSnippet(error: unknown): unknown {
  return error instanceof SyntaxError ? new SyntaxError(error.message.split(',')[0]) : error
}
