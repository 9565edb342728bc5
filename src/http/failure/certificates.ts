/** What is wrong with the certificate of a server. */
export type CertificateFault = 'untrusted certificate' | 'invalid certificate'

/** OpenSSL's codes for a certificate, as Node and Bun have them, and Node's own for another host. */
const CERTIFICATE =
  /^(ERR_TLS_CERT_|CERT_|CRL_|ERROR_IN_CERT_|ERROR_IN_CRL_|HOSTNAME_MISMATCH|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|UNKNOWN_CERTIFICATE_)/
/** Those for one whose issuer is unknown. */
const ISSUER =
  /^(CERT_UNTRUSTED|INVALID_CA|(DEPTH_ZERO_)?SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF))/

/** Deno and workerd give no code. */
const MESSAGE = /invalid peer certificate|peer's certificate is not trusted/
const ISSUER_MESSAGE = /invalid peer certificate: UnknownIssuer|peer's certificate is not trusted/

/**
 * Returns what is wrong with a certificate, or null. A code decides, since a message may contain the word in the name of a
 * host.
 */
export function certificateFault(code: string | null, message: string): CertificateFault | null {
  const [issuer, certificate, text] =
    code === null ? [ISSUER_MESSAGE, MESSAGE, message] : [ISSUER, CERTIFICATE, code]
  if (issuer.test(text)) return 'untrusted certificate'
  return certificate.test(text) ? 'invalid certificate' : null
}
