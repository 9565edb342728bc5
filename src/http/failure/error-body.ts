import { countOrNull, textOrNull } from '../../model/read.ts'
import type { ApiProfile, ErrorBody } from '../api-profile.ts'
import { type Scrub, scrubJson } from '../redact.ts'
import { decodeText } from '../transport/body.ts'
import type { HttpResponse } from '../transport/transport.ts'

/** An error body; fields of the wrong type are null. */
export interface ReadErrorBody {
  readonly code: string | number | null
  readonly message: string | null
  readonly details?: unknown
  readonly requestId?: string | null
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
}

/** If the adapter cannot read an error body, its error is the cause, and does not replace the error. */
export function readErrorBody(
  { readError }: ApiProfile,
  { status, header, bytes }: HttpResponse,
  scrub: Scrub,
): ReadErrorBody {
  try {
    // An adapter without types may return anything.
    const response = { status, header: scrubbedHeader(header, scrub) }
    const read: ErrorBody = Object(readError(readJson(bytes, scrub), response))
    return {
      code: typeof read.code === 'number' ? read.code : textOrNull(read.code),
      message: textOrNull(read.message),
      details: read.details,
      requestId: textOrNull(read.requestId),
      retryAfterMs: countOrNull(read.retryAfterMs),
    }
  } catch (cause) {
    return { code: null, message: null, cause }
  }
}

/** A provider may repeat a secret in a header, too. */
function scrubbedHeader(header: HttpResponse['header'], scrub: Scrub): HttpResponse['header'] {
  return (name) => {
    const value = header(name)
    return value && scrub(value)
  }
}

function readJson(bytes: Uint8Array, scrub: Scrub): unknown {
  try {
    return scrubJson(JSON.parse(decodeText(bytes)), scrub)
  } catch {
    // An error page of a proxy, or nested too deep to walk: the status has to suffice.
    return null
  }
}
