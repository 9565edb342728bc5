import type { OnAbort } from '../deadline.ts'

/** One request, ready to be sent. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** Called when the request is about to be sent: its time limit begins. */
  onStart(): void
  /** Registers what to do when the request is abandoned. How the promise settles then makes no difference. */
  readonly onAbort: OnAbort
  /** The largest body that is read, in bytes, after decompression. */
  readonly maxBytes: number
  /** Called as soon as the status and headers have arrived. */
  onHead(head: ResponseHead): void
}

/** A response without its body. */
export interface ResponseHead {
  /** The HTTP status. */
  readonly status: number
  /** The value of a header, whatever the case of its name; null if it was not sent. */
  readonly header: (name: string) => string | null
}

/** A complete response. */
export interface HttpResponse extends ResponseHead {
  /** Decompressed. */
  readonly bytes: Uint8Array
}

/**
 * Sends a request and resolves with the complete response. Follows no redirects. Rejects with `BodyTooLargeError` as
 * soon as the body exceeds `maxBytes`.
 */
export type Transport = (request: TransportRequest) => Promise<HttpResponse>

/** The body is larger than the caller allows. */
export class BodyTooLargeError extends Error {
  readonly maxBytes: number

  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`)
    this.maxBytes = maxBytes
  }
}
