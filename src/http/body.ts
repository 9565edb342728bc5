import { type RequestErrorContext, ResponseValidationError } from '../errors.ts'

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })

/** UTF-8, and nothing else: bytes that are not would otherwise be replaced, and end up in somebody's name. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Parses the body of a successful answer. */
export function parseJson(bytes: Uint8Array, title: string, context: RequestErrorContext): unknown {
  try {
    return JSON.parse(decodeText(bytes))
  } catch (error) {
    throw new ResponseValidationError(
      `${title} answered with something that is not JSON in UTF-8 (${bytes.byteLength} bytes, ${context.url}). Check baseUrl, and what stands between here and there.`,
      { provider: context.provider ?? null, cause: withoutSnippet(error) },
    )
  }
}

/** V8 quotes the text around the fault, which may be anybody's data. */
function withoutSnippet(error: unknown): unknown {
  return error instanceof SyntaxError ? new SyntaxError(error.message.split(',')[0]) : error
}
