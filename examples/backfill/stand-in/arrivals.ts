/** When requests arrived, and how they were answered. */
export interface Arrivals {
  /** Notes a request and returns what to call with its status. */
  note(account: 'twilio' | 'bird'): (status: number) => void
  report(): Record<'twilio' | 'bird', ArrivalReport>
  reset(): void
}

export interface ArrivalReport {
  readonly requests: number
  readonly byStatus: Readonly<Record<string, number>>
  /** The most requests within any 1,000 ms, wherever they begin. */
  readonly mostInASecond: number
  /** From the first request to the last, in seconds. */
  readonly seconds: number
  /** The times of all requests, in milliseconds. */
  readonly times: readonly number[]
}

export function createArrivals(): Arrivals {
  const times = { twilio: [] as number[], bird: [] as number[] }
  const statuses = { twilio: new Map<number, number>(), bird: new Map<number, number>() }
  const reportOf = (account: 'twilio' | 'bird'): ArrivalReport => ({
    requests: times[account].length,
    byStatus: Object.fromEntries(statuses[account]),
    mostInASecond: mostWithin(times[account], 1000),
    seconds: ((times[account].at(-1) ?? 0) - (times[account][0] ?? 0)) / 1000,
    times: times[account],
  })
  return {
    note(account) {
      times[account].push(performance.timeOrigin + performance.now())
      return (status) => statuses[account].set(status, (statuses[account].get(status) ?? 0) + 1)
    },
    report: () => ({ twilio: reportOf('twilio'), bird: reportOf('bird') }),
    reset() {
      for (const account of ['twilio', 'bird'] as const) {
        times[account].length = 0
        statuses[account].clear()
      }
    },
  }
}

/** The most times in any window of a length. Times must ascend. */
export function mostWithin(times: readonly number[], windowMs: number): number {
  let most = 0
  let start = 0
  for (const [end, time] of times.entries()) {
    while (time - (times[start] ?? time) >= windowMs) start += 1
    most = Math.max(most, end - start + 1)
  }
  return most
}
