import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type BirdOptions,
  bird,
  ConfigurationError,
  listParticipantConversations,
} from '../../../src/index.ts'
import { accessKey, channelId, recordingFetch, thrownBy, workspaceId } from '../../support/listing.ts'

const account = { accessKey, workspaceId, channelId }

beforeEach(() => {
  for (const name of ['ACCESS_KEY', 'WORKSPACE_ID', 'CHANNEL_ID', 'API_KEY']) vi.stubEnv(`BIRD_${name}`, '')
  return () => vi.unstubAllEnvs()
})

function refusalOf(options: unknown): string {
  const error = thrownBy(() => Reflect.apply(bird, undefined, [options]), ConfigurationError)
  expect(error).toMatchObject({ name: 'ConfigurationError', provider: 'bird' })
  return error.message
}

async function requestOf(
  options: BirdOptions,
  providerOptions?: { bird: { channelId?: string; reverse?: boolean } },
) {
  const { fetch, requests } = recordingFetch()
  const provider = bird({ fetch, ...options })
  await listParticipantConversations({ provider, participant: { id: 'x' }, providerOptions }).toArray()
  return requests[0]
}

describe('bird()', () => {
  it('sends its key, workspace and channel', async () => {
    const request = await requestOf(account)
    expect(request?.href).toBe(
      `https://api.bird.com/workspaces/${workspaceId}/participants/x/conversations?channelId=${channelId}&limit=100`,
    )
    expect(request?.headers.get('authorization')).toBe(`AccessKey ${accessKey}`)
  })

  it('reads them from the environment', async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', channelId)
    const request = await requestOf({})
    expect(request?.url.pathname).toContain(workspaceId)
    expect(request?.url.searchParams.get('channelId')).toBe(channelId)
    expect(request?.headers.get('authorization')).toBe(`AccessKey ${accessKey}`)
  })

  it('accepts a workspace id in upper case', async () => {
    const request = await requestOf({ ...account, workspaceId: workspaceId.toUpperCase() })
    expect(request?.url.pathname).toContain(workspaceId.toUpperCase())
  })

  it('requests another channel and the reverse order if providerOptions say so', async () => {
    const request = await requestOf(account, { bird: { channelId: 'other', reverse: true } })
    expect(request?.url.search).toBe('?channelId=other&reverse=true&limit=100')
  })

  for (const [option, variable] of Object.entries({
    accessKey: 'BIRD_ACCESS_KEY',
    workspaceId: 'BIRD_WORKSPACE_ID',
    channelId: 'BIRD_CHANNEL_ID',
  })) {
    it(`names ${option} and ${variable} if the option is missing`, () => {
      const problem = `${option} is missing: pass it`
      expect(refusalOf({ ...account, [option]: undefined })).toBe(
        `bird(): ${problem} too. Key, workspace and channel come together: ${variable} is read only if neither accessKey nor workspaceId is passed`,
      )
      expect(refusalOf({})).toContain(`\n- ${problem}, or set the environment variable ${variable}`)
    })

    it(`does not complete a tenant's account with ${variable}`, () => {
      vi.stubEnv('BIRD_ACCESS_KEY', 'another-key')
      vi.stubEnv('BIRD_WORKSPACE_ID', `${workspaceId.slice(0, -1)}9`)
      vi.stubEnv('BIRD_CHANNEL_ID', 'another-channel')
      expect(refusalOf({ ...account, [option]: undefined })).toContain(`${option} is missing`)
    })
  }

  it('names BIRD_API_KEY if it is set in place of BIRD_ACCESS_KEY', () => {
    vi.stubEnv('BIRD_API_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', channelId)
    expect(refusalOf({})).toBe(
      'bird():\n- accessKey is missing: pass it, or set the environment variable BIRD_ACCESS_KEY\n- BIRD_API_KEY is set, but BIRD_ACCESS_KEY is read instead',
    )
    expect(refusalOf({ workspaceId, channelId })).not.toContain('BIRD_API_KEY')
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    expect(() => bird()).not.toThrow()
  })

  for (const [option, value] of Object.entries(account)) {
    it(`says that ${option} begins or ends with whitespace, and does not show it as a whole`, () => {
      const messageFor = (padded: string) => refusalOf({ ...account, [option]: padded })
      expect(messageFor(`${value}\r\n`)).toMatch(/; got [^;]*, which ends with whitespace: remove it$/)
      expect(messageFor(` ${value}`)).toMatch(/; got [^;]*, which begins with whitespace: remove it$/)
      expect(messageFor(`${value}\n`)).not.toContain(value.slice(0, 6))
    })
  }

  it.each([
    ['accessKey', 'BIRD_ACCESS_KEY'],
    ['workspaceId', 'BIRD_WORKSPACE_ID'],
  ] as const)('says that %s from %s ends with whitespace', (option, variable) => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', channelId)
    vi.stubEnv(variable, `${account[option]}\n`)
    expect(refusalOf({})).toMatch(
      new RegExp(`${option} \\(from ${variable}\\) .*, which ends with whitespace: remove it$`),
    )
  })

  it('reads a channel from the environment without the line break after it', async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', `${channelId}\r\n`)
    expect((await requestOf({}))?.url.searchParams.get('channelId')).toBe(channelId)
  })

  it("lists another channel with the environment's account", async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', accessKey)
    vi.stubEnv('BIRD_WORKSPACE_ID', workspaceId)
    vi.stubEnv('BIRD_CHANNEL_ID', channelId)
    const request = await requestOf({ channelId: 'another-channel' })
    expect(request?.url.searchParams.get('channelId')).toBe('another-channel')
  })

  it("never sends the environment's key for a workspace from the options", async () => {
    vi.stubEnv('BIRD_ACCESS_KEY', 'key-of-the-environment')
    vi.stubEnv('BIRD_WORKSPACE_ID', `${workspaceId.slice(0, -1)}9`)
    vi.stubEnv('BIRD_CHANNEL_ID', 'channel-of-the-environment')
    const whole = Object.entries(account)
    for (let chosen = 0; chosen < 2 ** whole.length; chosen += 1) {
      const passed = whole.map(([name, value], index) => [name, (chosen >> index) & 1 ? value : undefined])
      const options: BirdOptions = Object.fromEntries(passed)
      const isAccountPassed = options.accessKey !== undefined || options.workspaceId !== undefined
      if (isAccountPassed && chosen !== 2 ** whole.length - 1) {
        expect(refusalOf(options)).toContain('come together')
        continue
      }
      const request = await requestOf(options)
      const key = isAccountPassed ? accessKey : 'key-of-the-environment'
      expect(request?.headers.get('authorization')).toBe(`AccessKey ${key}`)
      expect(request?.url.pathname.includes(workspaceId)).toBe(isAccountPassed)
    }
  })

  const wrong: [object, string][] = [
    [{ workspaceId: 'ws' }, 'workspaceId must be a UUID; got "ws"'],
    [{ workspaceId: '' }, 'workspaceId must be a UUID; got ""'],
    [{ workspaceId: `${workspaceId}/..` }, 'workspaceId must be a UUID'],
    [{ workspaceId: `${workspaceId}\n` }, 'workspaceId must be a UUID'],
    [{ workspaceId: 7 }, 'workspaceId must be a UUID; got 7'],
    [{ channelId: '' }, 'channelId must be'],
    [{ channelId: 7 }, 'channelId must be'],
    [{ channelId: 'a b' }, 'channelId must be'],
    [{ channelId: 'a=+12025550100' }, 'channelId must be'],
    [{ channelId: null }, 'channelId must be'],
    [{ channelId: {} }, 'channelId must be'],
    [{ channelId: { a: '+1 (202) 555' } }, 'channelId.a must be a phone number in E.164 form'],
    [{ accessKey: '' }, 'accessKey must be a string of visible ASCII characters; got ""'],
    [{ accessKey: null }, 'accessKey must be a string of visible ASCII characters; got null'],
    [{ workspace: workspaceId }, 'unknown option "workspace". Did you mean "workspaceId"?'],
  ]
  for (const [options, message] of wrong) {
    it(`refuses an invalid option: ${message}`, () => {
      expect(refusalOf({ ...account, ...options })).toContain(`bird(): ${message}`)
    })
  }

  it('refuses a key that is not a valid header value, and does not show it', () => {
    for (const value of ['hunter2\n', 'hunter2 ', 'AccessKey hunter2', 'hünter2']) {
      const message = refusalOf({ ...account, accessKey: value })
      expect(message).toContain('accessKey must be a string of visible ASCII characters')
      expect(message).not.toMatch(/h.nter2/)
    }
    vi.stubEnv('BIRD_ACCESS_KEY', 'hunter2\r')
    expect(refusalOf({ ...account, accessKey: undefined })).not.toContain('hunter2')
  })

  it('shows only the beginning of a key that was passed as the workspace or the channel', () => {
    for (const option of ['workspaceId', 'channelId']) {
      const message = refusalOf({ ...account, [option]: 'hunter2 hunter2' })
      expect(message).toContain('got "hunt…"')
      expect(message).not.toContain('hunter2')
    }
  })

  for (const options of [null, 'key', [], 7]) {
    it(`refuses options that are ${JSON.stringify(options)}`, () => {
      expect(refusalOf(options)).toContain('bird(): the options must be an object')
    })
  }
})
