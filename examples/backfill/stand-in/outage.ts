export type AccountName = 'twilio' | 'bird'

/** Accounts whose provider is down for a while. */
export interface Outages {
  /** Reads a request such as `/stand-in/down?account=bird&seconds=60`. Returns what it does. */
  begin(url: URL): string
  isDown(account: AccountName): boolean
}

export function createOutages(): Outages {
  const until: Record<AccountName, number> = { twilio: 0, bird: 0 }
  return {
    begin({ searchParams }) {
      const account = searchParams.get('account') === 'twilio' ? 'twilio' : 'bird'
      const seconds = Number(searchParams.get('seconds') ?? 60)
      until[account] = Date.now() + 1_000 * seconds
      return `${account} is down for ${seconds} s\n`
    },
    isDown: (account) => Date.now() < until[account],
  }
}
