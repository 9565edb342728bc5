import { vi } from 'vitest'

export const runner = {
  useFakeTimers: () => vi.useFakeTimers(),
  useRealTimers: () => vi.useRealTimers(),
  advanceTimers: (ms) => vi.advanceTimersByTimeAsync(ms),
  stubFetch: (fetch) => vi.stubGlobal('fetch', fetch),
  unstubFetch: () => vi.unstubAllGlobals(),
  silenceConsole() {
    const spies = ['error', 'warn'].map((name) => vi.spyOn(console, name).mockImplementation(() => {}))
    return () => spies.flatMap(({ mock }) => mock.calls.map(String)).join('\n')
  },
}
