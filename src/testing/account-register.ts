import type { StandInAccount } from './account.ts'
import { credentialOf } from './credentials.ts'

/** What the handlers of other stand-ins know of an account. */
export type RegisteredAccount = Pick<StandInAccount, 'id' | 'credentials'>

/**
 * The accounts whose stand-ins have handlers. Whether their server still listens cannot be told, so what is here may only
 * decide who does not answer a request.
 */
const accounts = new Map<string, RegisteredAccount>()
/** The ids of the accounts that have a credential. */
const holders = new Map<string, Set<string>>()

/** A later account with the same id takes the place of the earlier one. */
export function registerAccount(account: RegisteredAccount): void {
  for (const credential of accounts.get(account.id)?.credentials ?? []) {
    holders.get(credential)?.delete(account.id)
  }
  accounts.set(account.id, account)
  for (const credential of account.credentials) {
    const ids = holders.get(credential) ?? new Set()
    holders.set(credential, ids.add(account.id))
  }
}

/** Whether a request has the credentials of a registered account, and of none of these. */
export async function belongsToAnother(
  request: Request,
  own: readonly RegisteredAccount[],
): Promise<boolean> {
  const credential = await credentialOf(request)
  if (own.some(({ credentials }) => credentials.has(credential))) return false
  const ids = [...(holders.get(credential) ?? [])]
  return ids.some((id) => own.every((account) => account.id !== id))
}
