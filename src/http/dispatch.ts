import type { Dispatcher } from 'undici'
import { createBodyParts } from './body.ts'
import { type Answer, type AnswerHead, BodyTooLargeError, type TransportRequest } from './transport.ts'

/** As it is when this library is loaded: a test may put fake timers in its place. */
const { setImmediate: runInNextTurn } = globalThis
const isNodesOwn = /* @__PURE__ */ /\bnew Immediate\(/.test(String(runInNextTurn))

/**
 * undici takes a connection for free a turn of the event loop after the end of an answer: a request before that, such
 * as the one for the next page, would open another connection. Fake timers may never come to it: then it is now.
 */
function afterTurn(callback: () => void): void {
  if (isNodesOwn) queueMicrotask(() => runInNextTurn(callback))
  else callback()
}

/**
 * One exchange by undici's own events. `request()` would make a stream of the body, to read it at once: that costs
 * more than the rest of a small answer. The body is still compressed.
 */
export function dispatch(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { maxBytes, onAbort, onHead }: TransportRequest,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const parts = createBodyParts(maxBytes)
    let head: AnswerHead | undefined
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        onAbort(() => controller.abort(new Error('given up')))
      },
      onResponseStart(_controller, status, headers) {
        // Informational answers come before the one that counts.
        if (status < 200) return
        head = headOf(status, headers)
        onHead(head)
      },
      onResponseData(controller, chunk) {
        if (!parts.add(chunk)) controller.abort(new BodyTooLargeError(maxBytes))
      },
      onResponseEnd() {
        if (head === undefined) return reject(new Error('the answer has no head'))
        const answer = { ...head, bytes: parts.whole() }
        afterTurn(() => resolve(answer))
      },
      onResponseError(_controller, error) {
        reject(error)
      },
    })
  })
}

/** undici's headers have lower-case names, and a list where one was sent several times. */
export function headOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): AnswerHead {
  return {
    status,
    header(name) {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : (value ?? null)
    },
  }
}
