/** Only the test file itself has the name `jest`. */
module.exports = (jest, { isEsm = false } = {}) => {
  let stub = null
  return {
    isEsm,
    // Jest fakes `nextTick` too, which vitest does not. With MSW 3 no `fetch` is answered then.
    useFakeTimers: () => jest.useFakeTimers(process.env.MSW === '3' ? { doNotFake: ['nextTick'] } : {}),
    useRealTimers: () => jest.useRealTimers(),
    advanceTimers: (ms) => jest.advanceTimersByTimeAsync(ms),
    stubFetch(fetch) {
      stub = jest.spyOn(globalThis, 'fetch').mockImplementation(fetch)
    },
    unstubFetch() {
      stub?.mockRestore()
      stub = null
    },
    silenceConsole() {
      const spies = ['error', 'warn'].map((name) => jest.spyOn(console, name).mockImplementation(() => {}))
      return () => spies.flatMap(({ mock }) => mock.calls.map(String)).join('\n')
    },
  }
}
