import { textOrNull } from '../../model/read.ts'
import type { ApiProfile, ErrorBody } from '../api-profile.ts'
import { type Scrub, scrubJson } from '../redact.ts'
import { decodeText } from '../transport/body.ts'

/** An error body; fields of the wrong type are null. */
export interface ReadErrorBody {
  readonly code: string | number | null
  readonly message: string | null
  readonly details?: unknown
  readonly cause?: unknown
}

/** If the adapter cannot read an error body, its error is the cause, and does not replace the error. */
export function readErrorBody({ readError }: ApiProfile, bytes: Uint8Array, scrub: Scrub): ReadErrorBody {
  try {
    // An adapter without types may return anything.
    const { code, message, details }: { [Name in keyof ErrorBody]?: unknown } = Object(
      readError(readJson(bytes, scrub)),
    )
    return {
      code: typeof code === 'number' ? code : textOrNull(code),
      message: textOrNull(message),
      details,
    }
  } catch (cause) {
    return { code: null, message: null, cause }
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
