import { describe, expect, it } from 'vitest'
import { AuthenticationError, ConversationsError, PermissionError, twilio } from '../../src/index.ts'
import { COUNT, list, listUntilError, sampleStandIn } from '../support/http-server.ts'

type Fetch = typeof globalThis.fetch

/** An API that accepts every token except the refused ones. */
function api(refused: readonly string[] = []) {
  const standIn = sampleStandIn()
  const sent: (string | null)[] = []
  const fetch: Fetch = async (input, init) => {
    const authorization = new Headers(init?.headers).get('authorization')
    sent.push(authorization)
    if (refused.some((token) => authorization === `Bearer ${token}`)) {
      return Response.json({ code: 20003, message: 'Authenticate' }, { status: 401 })
    }
    const headers = { authorization: `Basic ${btoa(`AC${'a'.repeat(32)}:c0ffee00c0ffee00c0ffee00c0ffee00`)}` }
    return standIn.fetch(input, { ...init, headers })
  }
  return { fetch, sent }
}

/** Returns one token after the other. */
function tokens(...values: readonly string[]) {
  let calls = 0
  const accessToken = async (): Promise<string> => values[Math.min(calls++, values.length - 1)] ?? ''
  return { accessToken, calls: () => calls }
}

describe('accessToken as a string', () => {
  it('is sent as a bearer token with each request', async () => {
    const { fetch, sent } = api()
    expect(await list(twilio({ accessToken: 'token-1', fetch })).toArray()).toHaveLength(COUNT)
    expect(sent).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-1'])
  })

  it('is not sent again after it was refused', async () => {
    const { fetch, sent } = api(['token-1'])
    const { error } = await listUntilError(list(twilio({ accessToken: 'token-1', fetch })))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(sent).toEqual(['Bearer token-1'])
  })
})

describe('accessToken as a function', () => {
  it('is called before each request', async () => {
    const { fetch, sent } = api()
    const { accessToken } = tokens('token-1', 'token-2', 'token-3')
    expect(await list(twilio({ accessToken, fetch })).toArray()).toHaveLength(COUNT)
    expect(sent).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3'])
  })

  it('may return its token synchronously', async () => {
    const { fetch, sent } = api(['stale'])
    const values = ['stale', 'fresh']
    const accessToken = (): string => values.shift() ?? 'fresh'
    expect(await list(twilio({ accessToken, fetch })).toArray()).toHaveLength(COUNT)
    expect(sent.slice(0, 2)).toEqual(['Bearer stale', 'Bearer fresh'])
  })

  it('is not called before the listing is iterated', () => {
    const { accessToken, calls } = tokens('token-1')
    list(twilio({ accessToken, fetch: api().fetch }))
    expect(calls()).toBe(0)
  })

  it('is called once more if its token is refused', async () => {
    const { fetch, sent } = api(['stale'])
    const { accessToken } = tokens('token-1', 'stale', 'token-2')
    expect(await list(twilio({ accessToken, fetch })).toArray()).toHaveLength(COUNT)
    expect(sent).toEqual(['Bearer token-1', 'Bearer stale', 'Bearer token-2', 'Bearer token-2'])
  })

  it('is not called a third time', async () => {
    const { fetch, sent } = api(['stale', 'staler'])
    const { accessToken, calls } = tokens('stale', 'staler', 'token-3')
    const { error } = await listUntilError(list(twilio({ accessToken, fetch })))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect(sent).toEqual(['Bearer stale', 'Bearer staler'])
    expect(calls()).toBe(2)
  })

  it('is not called again, and nothing is sent again, after any other failure', async () => {
    const sent: unknown[] = []
    const fetch: Fetch = async (_input, init) => {
      sent.push(new Headers(init?.headers).get('authorization'))
      return Response.json({ code: 20006, message: 'Access Denied' }, { status: 403 })
    }
    const { accessToken, calls } = tokens('token-1', 'token-2')
    const { error } = await listUntilError(list(twilio({ accessToken, fetch })))
    expect(error).toBeInstanceOf(PermissionError)
    expect([sent, calls()]).toEqual([['Bearer token-1'], 1])
  })

  it('causes no second request if it returns the refused token again', async () => {
    const { fetch, sent } = api(['stale'])
    const { accessToken, calls } = tokens('stale')
    const { error } = await listUntilError(list(twilio({ accessToken, fetch })))
    expect(error).toBeInstanceOf(AuthenticationError)
    expect([sent, calls()]).toEqual([['Bearer stale'], 2])
  })

  it('ends the listing with its error as the cause, and with a cursor, if it rejects', async () => {
    const { fetch, sent } = api()
    const mistake = new Error('the vault is sealed')
    let calls = 0
    const provider = twilio({
      fetch,
      async accessToken() {
        calls += 1
        if (calls === 2) throw mistake
        return 'token-1'
      },
    })
    const { ids, error } = await listUntilError(list(provider))
    expect(error).toBeInstanceOf(ConversationsError)
    expect(error.cause).toBe(mistake)
    expect(error).toMatchObject({ provider: 'twilio', message: expect.stringContaining('accessToken()') })
    expect(sent).toHaveLength(1)
    expect(await list(provider, error.cursor ?? '').toArray()).toHaveLength(COUNT - ids.length)
  })

  it('ends the listing with its error as the cause if it throws synchronously', async () => {
    const mistake = new Error('the vault is sealed')
    const accessToken = () => {
      throw mistake
    }
    const { error } = await listUntilError(list(twilio({ accessToken, fetch: api().fetch })))
    expect(error.cause).toBe(mistake)
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['an empty string', ''],
    ['a string with a line break', 'token-1\n'],
    ['a string with a space', 'token 1'],
    ['a string that is not ASCII', 'tokén'],
    ['an object', { access_token: 'token-1' }],
  ])(
    'ends the listing without a request, and without showing the value, if it resolves with %s',
    async (_, value) => {
      const { fetch, sent } = api()
      const accessToken = async () => value as unknown as string
      const { error } = await listUntilError(list(twilio({ accessToken, fetch })))
      expect(error).toBeInstanceOf(ConversationsError)
      expect(error.provider).toBe('twilio')
      expect(error.message).toMatch(/accessToken\(\) must return a string of visible ASCII/)
      expect(error.message).not.toMatch(/tok[eé]n.?1/)
      expect(sent).toEqual([])
    },
  )

  it('is refused with an error that says so if its token has whitespace around it, as one from a file does', async () => {
    const { error } = await listUntilError(
      list(twilio({ accessToken: () => 'token-1\n', fetch: api().fetch })),
    )
    expect(error.message).toContain('or a promise of one; what it returned ends with whitespace: remove it')
  })

  it('can be aborted while it is pending', async () => {
    const controller = new AbortController()
    const accessToken = () => new Promise<string>(() => {})
    const listing = list(twilio({ accessToken, fetch: api().fetch }), undefined, controller.signal).toArray()
    controller.abort('enough')
    await expect(listing).rejects.toBe('enough')
  })
})
