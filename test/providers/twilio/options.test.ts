import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ConfigurationError,
  ConnectionError,
  listParticipantConversations,
  type TwilioOptions,
  twilio,
} from '../../../src/index.ts'
import { accountSid, address, authToken, errorOf, recordingFetch, thrownBy } from '../../support/listing.ts'

const apiKey = `SK${'b'.repeat(32)}`
const apiSecret = 'a-secret-api-secret'
const account = { accountSid, authToken }

beforeEach(() => {
  const variables = ['ACCOUNT_SID', 'AUTH_TOKEN', 'API_KEY', 'API_SECRET', 'REGION', 'EDGE']
  for (const name of [...variables, 'API_KEY_SID', 'API_KEY_SECRET']) {
    vi.stubEnv(`TWILIO_${name}`, '')
  }
  return () => vi.unstubAllEnvs()
})

function refusalOf(options: unknown): string {
  const error = thrownBy(() => Reflect.apply(twilio, undefined, [options]), ConfigurationError)
  expect(error).toMatchObject({ name: 'ConfigurationError', provider: 'twilio' })
  return error.message
}

/** The request that a provider with these options makes. */
async function requestOf(options: TwilioOptions) {
  const { fetch, requests } = recordingFetch(({ url }) =>
    url.hostname === 'oauth.twilio.com'
      ? { access_token: 'fetched', expires_in: 3600 }
      : { conversations: [] },
  )
  const provider = twilio({ fetch, ...options })
  await listParticipantConversations({ provider, participant: { address } }).toArray()
  const request = requests.at(-1)
  return { provider, url: request?.url, authorization: request?.headers.get('authorization') }
}

const basic = (user: string, password: string) => `Basic ${btoa(`${user}:${password}`)}`

describe('twilio() authenticates', () => {
  it('with an auth token', async () => {
    expect((await requestOf(account)).authorization).toBe(basic(accountSid, authToken))
  })

  it('with an API key', async () => {
    const { authorization, provider } = await requestOf({ accountSid, apiKey, apiSecret })
    expect(authorization).toBe(basic(apiKey, apiSecret))
    expect(provider.scope).toContain(accountSid)
  })

  it('with an access token from a string or a function', async () => {
    expect((await requestOf({ accessToken: 'given' })).authorization).toBe('Bearer given')
    expect((await requestOf({ accessToken: async () => 'asked' })).authorization).toBe('Bearer asked')
  })

  it('with the client id and secret of an OAuth app', async () => {
    const { authorization } = await requestOf({ clientId: 'OQ1', clientSecret: 'a-client-secret' })
    expect(authorization).toBe('Bearer fetched')
  })

  it('with the environment variables, preferring an API key to the auth token', async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', accountSid)
    vi.stubEnv('TWILIO_AUTH_TOKEN', authToken)
    expect((await requestOf({})).authorization).toBe(basic(accountSid, authToken))
    vi.stubEnv('TWILIO_API_KEY', apiKey)
    expect((await requestOf({})).authorization).toBe(basic(accountSid, authToken))
    vi.stubEnv('TWILIO_API_SECRET', apiSecret)
    expect((await requestOf({})).authorization).toBe(basic(apiKey, apiSecret))
    vi.stubEnv('TWILIO_API_KEY', '')
    expect((await requestOf({})).authorization).toBe(basic(accountSid, authToken))
  })

  it('with the options, whatever the environment contains', async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', `AC${'b'.repeat(32)}`)
    vi.stubEnv('TWILIO_API_KEY', 'SKother')
    vi.stubEnv('TWILIO_API_SECRET', 'other-secret')
    expect((await requestOf(account)).authorization).toBe(basic(accountSid, authToken))
    expect((await requestOf({ accessToken: 'given' })).authorization).toBe('Bearer given')
  })
})

describe("the environment's credentials never complete a tenant's", () => {
  it.each([
    [{ accountSid }, 'authToken is missing'],
    [{ accountSid, authToken: undefined }, 'authToken is missing'],
    [{ authToken }, 'accountSid is missing'],
    [{ apiKey }, 'accountSid is missing'],
    [{ apiKey, apiSecret }, 'accountSid is missing'],
    [{ accountSid, apiKey }, 'apiSecret is missing'],
    [{ accountSid, apiSecret }, 'apiKey is missing'],
    [{ clientId: 'OQ1' }, 'clientSecret is missing'],
  ])('%j: %s', (options, problem) => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', `AC${'b'.repeat(32)}`)
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'other-token')
    vi.stubEnv('TWILIO_API_KEY', 'SKother')
    vi.stubEnv('TWILIO_API_SECRET', 'other-secret')
    expect(refusalOf(options)).toContain(problem)
  })

  it('in any combination: a request uses either the options or the environment', async () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', `AC${'b'.repeat(32)}`)
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'other-token')
    vi.stubEnv('TWILIO_API_KEY', 'SKother')
    vi.stubEnv('TWILIO_API_SECRET', 'other-secret')
    const whole = Object.entries({
      accountSid,
      authToken,
      apiKey,
      apiSecret,
      clientId: 'OQ1',
      clientSecret: 'a-client-secret',
      accessToken: 'given',
    })
    const allowed = new Map([
      ['', basic('SKother', 'other-secret')],
      ['accountSid authToken', basic(accountSid, authToken)],
      ['accountSid apiKey apiSecret', basic(apiKey, apiSecret)],
      ['clientId clientSecret', 'Bearer fetched'],
      ['accountSid clientId clientSecret', 'Bearer fetched'],
      ['accessToken', 'Bearer given'],
      ['accountSid accessToken', 'Bearer given'],
    ])
    for (let chosen = 0; chosen < 2 ** whole.length; chosen += 1) {
      const isPassed = (_: unknown, index: number): boolean => ((chosen >> index) & 1) === 1
      const names = whole.filter(isPassed).map(([name]) => name)
      // Omitted options are undefined, as they are for a tenant whose record is incomplete.
      const options = Object.fromEntries(
        whole.map(([name, value], index) => [name, isPassed(name, index) ? value : undefined]),
      )
      const expected = allowed.get(names.join(' '))
      if (expected === undefined) refusalOf(options)
      else expect((await requestOf(options)).authorization).toBe(expected)
    }
  })

  it('and the error says why', () => {
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'other-token')
    expect(refusalOf({ accountSid, authToken: undefined })).toBe(
      'twilio(): authToken is missing: pass it too, or pass apiKey and apiSecret. Account and credentials come together: TWILIO_AUTH_TOKEN is read only if none of them is passed',
    )
  })

  it('and its edge never completes a region, nor its region an edge', async () => {
    vi.stubEnv('TWILIO_REGION', 'ie1')
    vi.stubEnv('TWILIO_EDGE', 'dublin')
    expect(refusalOf({ ...account, region: 'au1' })).toContain('edge is missing')
    const { url } = await requestOf({ ...account, edge: 'sydney' })
    expect(url?.host).toBe('conversations.sydney.us1.twilio.com')
  })
})

describe('twilio() with incomplete credentials names the option and the variable:', () => {
  const missing: [TwilioOptions, string, RegExp][] = [
    [{}, 'accountSid', /accountSid is missing: pass it, or set the environment variable TWILIO_ACCOUNT_SID/],
    [{ authToken }, 'accountSid', /accountSid .* TWILIO_ACCOUNT_SID/],
    [{ apiKey, apiSecret }, 'accountSid', /accountSid .* TWILIO_ACCOUNT_SID/],
    [{ accountSid }, 'authToken', /authToken .*, or pass apiKey and apiSecret\. .* TWILIO_AUTH_TOKEN/],
    [{ accountSid, apiKey }, 'apiSecret', /apiSecret is missing: pass it too\. .* TWILIO_API_SECRET/],
    [{ accountSid, apiSecret }, 'apiKey', /apiKey .* TWILIO_API_KEY/],
    [{ clientId: 'OQ1' }, 'clientSecret', /clientSecret is missing: pass it too$/],
    [{ clientSecret: 'a-client-secret' }, 'clientId', /clientId is missing: pass it too$/],
  ]
  for (const [options, option, message] of missing) {
    it(`${option}, given ${Object.keys(options).join(' and ') || 'no options'}`, () => {
      expect(refusalOf(options)).toMatch(message)
    })
  }

  it('and the variables that are set in place of those that are read', () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', accountSid)
    vi.stubEnv('TWILIO_API_KEY_SID', apiKey)
    vi.stubEnv('TWILIO_API_KEY_SECRET', apiSecret)
    const message = refusalOf({})
    expect(message).toBe(
      [
        'twilio():',
        '- authToken is missing: pass it, or set the environment variable TWILIO_AUTH_TOKEN, or pass apiKey and apiSecret',
        '- TWILIO_API_KEY_SID is set, but TWILIO_API_KEY is read instead',
        '- TWILIO_API_KEY_SECRET is set, but TWILIO_API_SECRET is read instead',
      ].join('\n'),
    )
    vi.stubEnv('TWILIO_API_KEY', apiKey)
    expect(refusalOf({})).toMatch(
      /apiSecret is missing.*\n- TWILIO_API_KEY_SECRET is set, but TWILIO_API_SECRET/,
    )
    expect(refusalOf({})).not.toContain('TWILIO_API_KEY_SID')
    expect(refusalOf({ accountSid })).not.toContain('TWILIO_API_KEY_SECRET')
    vi.stubEnv('TWILIO_API_SECRET', apiSecret)
    expect(() => twilio()).not.toThrow()
  })

  it('apiSecret, given only an API key in the environment', () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', accountSid)
    vi.stubEnv('TWILIO_API_KEY', apiKey)
    expect(refusalOf({})).toMatch(/apiSecret is missing/)
  })
})

describe('twilio()', () => {
  const wrong: [object, string][] = [
    [
      { accountSid: 'SK1' },
      'accountSid must be an account SID ("AC" followed by letters and digits); got "SK1"',
    ],
    [{ accountSid: `AC/../${'a'.repeat(28)}` }, 'accountSid must be an account SID'],
    [{ accountSid: '' }, 'accountSid must be an account SID ("AC" followed by letters and digits); got ""'],
    [{ accountSid: 7 }, 'accountSid must be an account SID ("AC" followed by letters and digits); got 7'],
    [
      { authToken: undefined, apiKey: 'AC1', apiSecret },
      'apiKey must be an API key SID ("SK" followed by letters and digits); got "AC1"',
    ],
    [
      { serviceSid: 'CH1' },
      'serviceSid must be a conversation service SID ("IS" followed by letters and digits)',
    ],
    [{ serviceSid: 'IS1/../x' }, 'serviceSid must be'],
    [
      { serviceSid: null },
      'serviceSid must be a conversation service SID ("IS" followed by letters and digits); got null',
    ],
    [{ region: 'IE1', edge: 'dublin' }, 'region must be a region, such as ie1'],
    [{ region: 'evil.example/', edge: 'dublin' }, 'region must be a region'],
    [{ region: 'ie1', edge: 'dublin.evil' }, 'edge must be an edge, such as dublin'],
    [{ region: 7, edge: 'dublin' }, 'region must be a region'],
    [
      { region: 'ie1' },
      'edge is missing: pass both or set both TWILIO_REGION and TWILIO_EDGE; us1 goes with ashburn, ie1 with dublin, au1 with sydney',
    ],
    [{ region: 'xx9' }, 'edge is missing: pass both or set both TWILIO_REGION and TWILIO_EDGE'],
    [{ accountsid: 'AC1' }, 'unknown option "accountsid". Did you mean "accountSid"?'],
    [{ token: 'secret-in-the-wrong-place' }, 'unknown option "token".'],
    [{ tokenUrl: 'https://oauth.example/token' }, 'tokenUrl is for OAuth: pass clientId and clientSecret'],
  ]
  for (const [options, message] of wrong) {
    it(`refuses an invalid option: ${message}`, () => {
      expect(refusalOf({ ...account, ...options })).toContain(`twilio(): ${message}`)
    })
  }

  it('refuses several ways to authenticate at once', () => {
    expect(refusalOf({ ...account, apiKey })).toContain(
      'authToken cannot be combined with apiKey: use one method of authentication',
    )
    expect(refusalOf({ ...account, apiKey, apiSecret })).toContain(
      'authToken cannot be combined with apiKey and apiSecret: use one method of authentication',
    )
    expect(refusalOf({ accessToken: 'x', clientSecret: 'x' })).toContain(
      'clientSecret cannot be combined with accessToken: use one method of authentication',
    )
  })

  it('refuses an insecure tokenUrl', () => {
    const client = { clientId: 'OQ1', clientSecret: 'a-client-secret' }
    expect(refusalOf({ ...client, tokenUrl: 'http://oauth.example/token' })).toContain(
      'twilio(): tokenUrl must be https',
    )
    expect(refusalOf({ ...client, tokenUrl: 'oauth' })).toContain(
      'tokenUrl must be an absolute URL; got "oauth"',
    )
  })

  const secrets: Record<string, object> = {
    authToken: { accountSid },
    apiSecret: { accountSid, apiKey },
    clientSecret: { clientId: 'OQ1' },
    accessToken: {},
  }
  for (const [option, rest] of Object.entries(secrets)) {
    it(`refuses an invalid header value as ${option}, and does not show it`, () => {
      for (const value of ['hunter2 ', 'hunter2\n', ' hunter2', 'hunter2\0', 'hünter2']) {
        const message = refusalOf({ ...rest, [option]: value })
        expect(message).toContain(`${option} must be a string of visible ASCII characters`)
        expect(message).toContain('got a string (not shown)')
        expect(message).not.toMatch(/h.nter2/)
      }
    })

    it(`refuses an empty string or another type as ${option}`, () => {
      expect(refusalOf({ ...rest, [option]: '' })).toContain('got ""')
      expect(refusalOf({ ...rest, [option]: 7 })).toContain('got a number (not shown)')
      expect(refusalOf({ ...rest, [option]: null })).toContain('got null')
    })
  }

  it('shows what kind of value a secret has that is not a string', () => {
    const message = (authToken: unknown) => refusalOf({ accountSid, authToken })
    expect(message(() => 'hunter2')).toMatch(/authToken must be .*; got a function$/)
    expect(message(7)).toMatch(/authToken must be .*; got a number \(not shown\)$/)
  })

  it('refuses a secret with a line break from the environment, and does not show it', () => {
    vi.stubEnv('TWILIO_ACCOUNT_SID', accountSid)
    vi.stubEnv('TWILIO_AUTH_TOKEN', 'hunter2\n')
    const message = refusalOf({})
    expect(message).toContain('authToken (from TWILIO_AUTH_TOKEN) must be')
    expect(message).not.toContain('hunter2')
  })

  const valid = {
    accountSid,
    apiKey,
    apiSecret,
    authToken,
    serviceSid: `IS${'c'.repeat(32)}`,
    clientId: `OQ${'d'.repeat(32)}`,
  }
  for (const option of [
    'accountSid',
    'apiKey',
    'serviceSid',
    'authToken',
    'apiSecret',
    'clientId',
    'clientSecret',
    'accessToken',
  ] as const) {
    it(`says that ${option} begins or ends with whitespace, and does not show it as a whole`, () => {
      const value: string = { ...valid, clientSecret: authToken, accessToken: authToken }[option]
      const messageFor = (padded: string) => refusalOf({ accountSid, [option]: padded })
      expect(messageFor(`${value}\r\n`)).toMatch(/; got [^;]*, which ends with whitespace: remove it$/m)
      expect(messageFor(`\u00a0${value}`)).toMatch(/; got [^;]*, which begins with whitespace: remove it$/m)
      expect(messageFor(` ${value}\t`)).toContain('begins and ends with whitespace: remove it')
      for (const padded of [`${value}\n`, ` ${value}`])
        expect(messageFor(padded)).not.toContain(value.slice(0, 6))
      expect(messageFor(`${value.slice(0, 2)} ${value}`)).not.toContain('whitespace')
    })
  }

  it.each([
    ['accountSid', 'TWILIO_ACCOUNT_SID'],
    ['apiKey', 'TWILIO_API_KEY'],
    ['apiSecret', 'TWILIO_API_SECRET'],
    ['authToken', 'TWILIO_AUTH_TOKEN'],
  ] as const)('says that %s from %s ends with whitespace', (option, variable) => {
    const { accountSid: account, ...credentials } = valid
    vi.stubEnv('TWILIO_ACCOUNT_SID', account)
    if (option === 'authToken') vi.stubEnv('TWILIO_AUTH_TOKEN', authToken)
    else {
      vi.stubEnv('TWILIO_API_KEY', credentials.apiKey)
      vi.stubEnv('TWILIO_API_SECRET', credentials.apiSecret)
    }
    vi.stubEnv(variable, `${valid[option]}\n`)
    const message = refusalOf({})
    expect(message).toMatch(
      new RegExp(`${option} \\(from ${variable}\\) .*, which ends with whitespace: remove it$`),
    )
    expect(message).not.toContain(valid[option].slice(0, 6))
  })

  it('shows only the beginning of an invalid identifier, since it may be a misplaced secret', () => {
    for (const option of ['accountSid', 'apiKey', 'serviceSid', 'clientId']) {
      const message = refusalOf({ accountSid, apiSecret, apiKey, [option]: 'hunter2hunter2ü' })
      expect(message).toContain('got "hunt…"')
      expect(message).not.toContain('hunter2')
    }
  })

  for (const [region, edge] of [
    ['ie1', 'a.evil.example/'],
    ['evil.example/x', 'dublin'],
    ['ie1\n', 'dublin'],
  ]) {
    it(`refuses an environment whose region and edge would redirect credentials: ${JSON.stringify([region, edge])}`, () => {
      vi.stubEnv('TWILIO_REGION', region ?? '')
      vi.stubEnv('TWILIO_EDGE', edge ?? '')
      expect(refusalOf(account)).toMatch(
        /^twilio\(\): (region|edge) \(from TWILIO_(REGION|EDGE)\) must be an? (region|edge)/,
      )
    })
  }

  it('checks inherited options like any others', () => {
    expect(refusalOf(Object.create({ ...account, retry: { retries: -1 } }))).toContain(
      'retry.retries must be',
    )
  })

  for (const options of [null, 'AC1', [], 7]) {
    it(`refuses options that are ${JSON.stringify(options)}`, () => {
      expect(refusalOf(options)).toContain('twilio(): the options must be an object')
    })
  }
})

describe('twilio() requests', () => {
  it('the host of its region and edge, from the options or the environment', async () => {
    expect((await requestOf({ ...account, region: 'au1', edge: 'sydney' })).url?.host).toBe(
      'conversations.sydney.au1.twilio.com',
    )
    vi.stubEnv('TWILIO_REGION', 'ie1')
    vi.stubEnv('TWILIO_EDGE', 'dublin')
    expect((await requestOf(account)).url?.host).toBe('conversations.dublin.ie1.twilio.com')
  })

  it('the host of an edge alone in the region us1, from the options or the environment', async () => {
    expect((await requestOf({ ...account, edge: 'sydney' })).url?.host).toBe(
      'conversations.sydney.us1.twilio.com',
    )
    vi.stubEnv('TWILIO_EDGE', 'singapore')
    expect((await requestOf(account)).url?.host).toBe('conversations.singapore.us1.twilio.com')
    vi.stubEnv('TWILIO_EDGE', '')
    vi.stubEnv('TWILIO_REGION', 'ie1')
    expect(refusalOf(account)).toContain('edge is missing')
  })

  it.each<[TwilioOptions, string]>([
    [account, `${accountSid}//`],
    [{ ...account, serviceSid: 'IS1', region: 'ie1', edge: 'dublin' }, `${accountSid}/IS1/ie1`],
    [{ ...account, region: 'ie1', edge: 'dublin' }, `${accountSid}//ie1`],
    [{ ...account, region: 'us1', edge: 'ashburn' }, `${accountSid}//`],
    [{ ...account, edge: 'sydney' }, `${accountSid}//`],
    [{ clientId: 'OQ1', clientSecret: 'a-client-secret', serviceSid: 'IS1' }, 'OQ1/IS1/'],
    [{ accountSid, clientId: 'OQ1', clientSecret: 'a-client-secret' }, `${accountSid}//`],
    [{ accessToken: 'given' }, '//'],
  ])('the account, service and region that its cursors are bound to, given %j', (options, scope) => {
    expect(twilio(options).scope).toBe(scope)
  })

  it('a host that may not exist: the error then says to check edge and region, if an edge is set', async () => {
    const fetch = async (input: string | URL | Request) => {
      const host = new URL(input instanceof Request ? input.url : input).host
      throw new TypeError('fetch failed', { cause: new Error(`getaddrinfo ENOTFOUND ${host}`) })
    }
    const messageFor = async (options: TwilioOptions) => {
      const provider = twilio({ ...account, fetch, retry: { retries: 0 }, ...options })
      const listing = listParticipantConversations({ provider, participant: { address } }).toArray()
      return (await errorOf(listing, ConnectionError)).message
    }
    expect(await messageFor({ edge: 'roaming' })).toContain(
      'ENOTFOUND conversations.roaming.us1.twilio.com. Check the network, baseUrl, edge and region, ',
    )
    expect(await messageFor({})).toContain('Check the network and baseUrl, ')
    const client = {
      accountSid: undefined,
      authToken: undefined,
      clientId: 'OQ1',
      clientSecret: 'a-client-secret',
    }
    expect(await messageFor({ ...client, edge: 'sydney' })).toContain(
      'ENOTFOUND oauth.twilio.com. Check the network and tokenUrl, ',
    )
  })

  it('the path of its service', async () => {
    expect((await requestOf({ ...account, serviceSid: 'IS1' })).url?.pathname).toBe(
      '/v1/Services/IS1/ParticipantConversations',
    )
  })
})
