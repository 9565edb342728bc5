import type { Fault } from './faults.ts'

/** When requests arrived, and what became of them. */
export interface Arrivals {
  note(account: 'twilio' | 'bird', fault: Fault | null): void
  report(): Record<'twilio' | 'bird', ArrivalReport>
}

export interface ArrivalReport {
  readonly requests: number
  readonly faults: Readonly<Partial<Record<Fault, number>>>
  /** The most requests within any 1,000 ms, wherever they begin. */
  readonly mostInASecond: number
  /** From the first request to the last, in seconds. */
  readonly seconds: number
  /** The times of all requests, in milliseconds. */
  readonly times: readonly number[]
}

export function createArrivals(): Arrivals {
  const times = { twilio: [] as number[], bird: [] as number[] }
  const faults = { twilio: new Map<Fault, number>(), bird: new Map<Fault, number>() }
  const reportOf = (account: 'twilio' | 'bird'): ArrivalReport => ({
    requests: times[account].length,
    faults: Object.fromEntries(faults[account]),
    mostInASecond: mostWithin(times[account], 1000),
    seconds: ((times[account].at(-1) ?? 0) - (times[account][0] ?? 0)) / 1000,
    times: times[account],
  })
  return {
    note(account, fault) {
      times[account].push(performance.timeOrigin + performance.now())
      if (fault !== null) faults[account].set(fault, (faults[account].get(fault) ?? 0) + 1)
    },
    report: () => ({ twilio: reportOf('twilio'), bird: reportOf('bird') }),
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
