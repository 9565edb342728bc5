import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ConnectionError, ResponseValidationError } from '../../src/index.ts'
import { idsOf, list, listUntilError, providers } from '../support/http-server.ts'

/** What `fetch` functions of packages and mocks resolve with in place of a Response. */

const page = { conversations: [{ conversation_sid: 'CH1' }] }

function twilioWith(response: object | (() => object), maxResponseBytes?: number) {
  const fetch = async () => (typeof response === 'function' ? response() : response)
  return providers.twilio({
    fetch: fetch as unknown as typeof globalThis.fetch,
    maxResponseBytes,
    retry: { retries: 0 },
  })
}

const head = { status: 200, headers: { get: () => null } }

describe('a body that is a Node stream, as that of node-fetch,', () => {
  it('is read, whatever its chunks', async () => {
    const json = JSON.stringify(page)
    for (const chunks of [
      [Buffer.from(json)],
      [Buffer.from(json.slice(0, 9)), Buffer.from(json.slice(9))],
      [json],
    ]) {
      const provider = twilioWith({ ...head, body: Readable.from(chunks) })
      expect(idsOf(await list(provider).toArray())).toEqual(['CH1'])
    }
  })

  it('is abandoned as soon as it is too large', async () => {
    let sent = 0
    const body = new Readable({
      read() {
        sent += 65_536
        this.push(Buffer.alloc(65_536, ' '))
      },
    })
    const arrayBuffer = () => expect.unreachable('it would have no limit')
    const { error } = await listUntilError(list(twilioWith({ ...head, body, arrayBuffer }, 200_000)))
    expect(error).toBeInstanceOf(ResponseValidationError)
    expect(error?.message).toContain('the body is larger than 200000 bytes')
    expect(body.destroyed).toBe(true)
    expect(sent).toBeLessThan(1_000_000)
  })

  it('is a ConnectionError if it breaks', async () => {
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('{"conversations": [')
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
      })(),
    )
    const { error } = await listUntilError(list(twilioWith({ ...head, body })))
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error?.message).toContain('aborted')
  })
})

async function jsonOfThis(this: { page: unknown }): Promise<unknown> {
  return this.page
}

describe('a mock', () => {
  it.each([
    ['json() alone', { json: async () => page }],
    ['json() and an empty text()', { json: async () => page, text: async () => '' }],
    [
      'text() and a json() that is not meant',
      { text: async () => JSON.stringify(page), json: async () => null },
    ],
    ['json() that needs its object', { page, json: jsonOfThis }],
  ])('may have %s', async (_, methods) => {
    expect(idsOf(await list(twilioWith({ ok: true, ...methods })).toArray())).toEqual(['CH1'])
  })

  it('that has only an empty text() has no JSON', async () => {
    const { error } = await listUntilError(list(twilioWith({ ok: true, text: async () => '' })))
    expect(error?.message).toContain('not UTF-8 JSON (0 bytes')
  })
})
