import { oneLine } from '../../model/message.ts'
import { type CertificateFault, certificateFault } from './certificates.ts'

/** What ended an exchange: decides whether another attempt makes sense, and what to do about it. */
export type FaultKind = 'network' | CertificateFault | 'unexpected by a mock' | 'mistake'

/**
 * Classifies a fault by its name, code and messages, which hold in every realm and on every runtime, unlike
 * `instanceof`. Once the headers of a response have arrived, a `TypeError` is a broken connection too.
 */
export function kindOfFault(fault: Fault, hasHead: boolean): FaultKind {
  const message = deepestMessage(fault)
  if (UNEXPECTED.test(message)) return 'unexpected by a mock'
  const certificate = certificateFault(deepestCode(fault), message)
  if (certificate !== null) return certificate
  return isMistake(fault, hasHead) ? 'mistake' : 'network'
}

/** What failed, on one line. `fetch` often says only "fetch failed": the causes tell. */
export function deepestMessage({ message, cause, name, code }: Fault): string {
  return cause instanceof Error ? deepestMessage(cause) : oneLine(message) || String(code || name)
}

function deepestCode({ cause, code }: Fault): string | null {
  const inner = cause instanceof Error ? deepestCode(cause) : null
  return inner ?? (typeof code === 'string' ? code : null)
}

/** The properties of errors from platforms and libraries. */
export type Fault = Error & { readonly code?: unknown }

/** How MSW, nock, fetch-mock and undici's MockAgent refuse a request. In Jest, MSW 3 puts the name of its error first. */
const UNEXPECTED =
  /^(InternalError: )?(\[MSW\]|Nock: |fetch-mock: |No fallback response|Mock dispatch not matched)/

/** undici's codes for a request that it cannot send, and for a dispatcher that has been closed. */
const MISTAKE_CODES = /^UND_ERR_(INVALID_ARG|CLOSED|DESTROYED)$/

/** How runtimes say that the network failed, if they give neither a cause nor a code. */
const NETWORK_MESSAGE =
  /^(failed to fetch|fetch failed|load failed|terminated|error sending request)|network|offline/i

/** A programming error in a custom `fetch`, or a request that cannot be sent: another attempt would fail too. */
function isMistake({ name, message, cause, code }: Fault, hasHead: boolean): boolean {
  if (name === 'TypeError') {
    // Bun reports network faults with codes such as ECONNREFUSED. Node's codes for programming errors start with ERR_.
    const hasNetworkCode = typeof code === 'string' && !code.startsWith('ERR_')
    return !hasHead && cause === undefined && !hasNetworkCode && !NETWORK_MESSAGE.test(message)
  }
  return ['ReferenceError', 'RangeError', 'SyntaxError'].includes(name) || MISTAKE_CODES.test(String(code))
}
