import { afterEach, describe, expect, it, vi } from 'vitest'
import { listParticipantConversations } from '../../src/index.ts'
import { ADDRESS, COUNT, idsOf, list, providers, sampleStandIn, serve } from '../support/http-server.ts'

afterEach(() => void vi.useRealTimers())

/** Turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

function keepEventLoopBusy(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

/** A server that answers when it is told to. */
async function serveLater() {
  let release = (): void => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const { fetch } = sampleStandIn()
  const server = await serve(async (request) => {
    await released
    return fetch(request)
  })
  return { server, release, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

describe('the time limit of a request', () => {
  it("does not include the wait for the library's other requests", async () => {
    await using later = await serveLater()
    const { server, release } = later
    const patient = providers.twilio({ baseUrl: server.url, timeoutMs: 3_600_000 })
    const busy = Array.from({ length: 50 }, () => list(patient).toArray())
    await vi.waitUntil(() => server.seen.length === 50, { timeout: 30_000 })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waiting = list(providers.twilio({ baseUrl: server.url, timeoutMs: 1000 })).toArray()
    await turns(20)
    vi.advanceTimersByTime(60_000)
    release()
    expect(await waiting).toHaveLength(COUNT)
    expect(await Promise.all(busy)).toHaveLength(50)
  })

  it('does not include time in which the caller kept the event loop busy', async () => {
    await using server = await serve()
    const provider = providers.twilio({ baseUrl: server.url, timeoutMs: 1000, retry: { retries: 0 } })
    const ids: string[] = []
    for await (const { items } of listParticipantConversations({
      provider,
      participant: { address: ADDRESS },
      pageSize: 3,
      prefetch: true,
    }).pages()) {
      if (ids.length === 0) {
        // The request for the second page is on its way.
        await vi.waitUntil(() => server.seen.length === 2, { timeout: 30_000 })
        keepEventLoopBusy(1500)
      }
      ids.push(...idsOf(items))
    }
    expect(ids).toHaveLength(COUNT)
  })
})

it('fake timers do not use up the requests that may run at once', async () => {
  await using server = await serve()
  const provider = providers.twilio({ baseUrl: server.url })
  vi.useFakeTimers()
  for (let listing = 0; listing < 60; listing += 1) expect(await list(provider).toArray()).toHaveLength(COUNT)
  vi.useRealTimers()
  expect(await list(provider).toArray()).toHaveLength(COUNT)
})
