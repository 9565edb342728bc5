/** The URLs of the servers, and the one option that a case may set for both contestants. */
export interface Setting {
  readonly providerUrl: string
  readonly strangerUrl: string
  readonly timeoutMs?: number
}
