/** One request, ready to be sent. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/** The head of an answer, and a way to its body. */
export interface TransportResponse {
  readonly status: number
  readonly header: (name: string) => string | null
  /** The whole body, decompressed. Rejects with `BodyTooLargeError` as soon as it is over `maxBytes`. */
  readonly read: (maxBytes: number) => Promise<Uint8Array>
}

/** Sends a request and resolves with the head of its answer. Follows no redirect. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>

/** A whole answer. */
export interface Answer {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly bytes: Uint8Array
}

/** The body is larger than the caller allows. */
export class BodyTooLargeError extends Error {
  readonly maxBytes: number

  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`)
    this.maxBytes = maxBytes
  }
}
