import type { Dispatcher } from 'undici'
import { createBodyParts } from './body.ts'
import { isNodesSetImmediate } from './platform.ts'
import {
  BodyTooLargeError,
  type HttpResponse,
  type ResponseHead,
  type TransportRequest,
} from './transport.ts'

/** Read when this library is loaded, since a test may replace it with a fake timer. */
const { setImmediate: runInNextTurn } = globalThis
const isReal = /* @__PURE__ */ isNodesSetImmediate(runInNextTurn)

/**
 * undici considers a connection free one turn of the event loop after the end of a response. A request before that, such
 * as the one for the next page, would open another connection. A fake timer may never fire, so it is not waited for.
 */
function afterTurn(callback: () => void): void {
  if (isReal) queueMicrotask(() => runInNextTurn(callback))
  else callback()
}

/**
 * One exchange through undici's own events. `request()` would turn the body into a stream only to read it at once, which
 * costs more than the rest of a small response. The body is still compressed.
 */
export function dispatch(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { maxBytes, onAbort, onHead }: TransportRequest,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const parts = createBodyParts(maxBytes)
    let head: ResponseHead | undefined
    let givenUp: Error | undefined
    let abort: ((reason: Error) => void) | undefined
    // The request may start much later, when a connection is open or free.
    onAbort(() => {
      givenUp = new Error('given up')
      abort?.(givenUp)
      reject(givenUp)
    })
    if (givenUp !== undefined) return
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        if (givenUp !== undefined) return controller.abort(givenUp)
        abort = (reason) => controller.abort(reason)
      },
      onResponseStart(_controller, status, headers) {
        // Informational responses come before the final one.
        if (status < 200) return
        head = headOf(status, headers)
        onHead(head)
      },
      onResponseData(controller, chunk) {
        if (!parts.add(chunk)) controller.abort(new BodyTooLargeError(maxBytes))
      },
      onResponseEnd() {
        if (head === undefined) return reject(new Error('the response has no status'))
        const response = { ...head, bytes: parts.whole() }
        afterTurn(() => resolve(response))
      },
      onResponseError(_controller, error) {
        reject(error)
      },
    })
  })
}

/** undici's headers have lower-case names, and a list if one was sent several times. */
export function headOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): ResponseHead {
  return {
    status,
    header(name) {
      const value = headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    },
  }
}
