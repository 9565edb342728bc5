import { describe, expect, it, vi } from 'vitest'
import { bird, twilio } from '../../src/index.ts'
import { BIRD, leaks, TWILIO } from '../support/http-server.ts'

const { accountSid } = TWILIO
const SECRET = 'do-not-show-me-0123456789'

describe('an error about an invalid option does not show a credential', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['an object', { x: SECRET }],
    ['an array', [SECRET]],
    ['a string with a trailing line break', `${SECRET}\n`],
    ['a string with a space', `${SECRET} `],
    ['a string that is not ASCII', `${SECRET}é`],
    ['a number', 1234567890123456],
    ['a symbol', Symbol(SECRET)],
    ['a function', () => SECRET],
  ]

  function errorOf(create: () => unknown): Error {
    try {
      create()
    } catch (error) {
      if (error instanceof Error) return error
    }
    throw new Error('An error was expected')
  }

  it.each(wrong)('that is %s', (what, value) => {
    const given = value as string
    const errors = [
      errorOf(() => twilio({ accountSid, authToken: given })),
      errorOf(() => twilio({ accountSid, apiKey: 'SK1', apiSecret: given })),
      errorOf(() => twilio({ clientId: 'OQ1', clientSecret: given })),
      errorOf(() => bird({ ...BIRD, accessKey: given })),
      errorOf(() => bird({ ...BIRD, headers: { 'x-key': Symbol(SECRET) as unknown as string } })),
    ]
    if (what !== 'a function') errors.push(errorOf(() => twilio({ accessToken: given })))
    for (const error of errors) {
      expect(error.name).toBe('ConfigurationError')
      expect(error.message).toMatch(/authToken|apiSecret|clientSecret|accessKey|accessToken|headers/)
      expect(leaks([SECRET, '1234567890123456'], error)).toEqual([])
    }
  })

  it.each([
    ['TWILIO_AUTH_TOKEN', () => twilio({ accountSid })],
    ['BIRD_ACCESS_KEY', () => bird({ workspaceId: BIRD.workspaceId, channelId: BIRD.channelId })],
  ])('from the environment: %s', (variable, create) => {
    vi.stubEnv(variable, `${SECRET}\n`)
    try {
      expect(leaks([SECRET], errorOf(create))).toEqual([])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('that was passed in place of an identifier', () => {
    const errors = [
      errorOf(() => twilio({ accountSid: SECRET, authToken: 'x' })),
      errorOf(() => twilio({ accountSid, apiKey: SECRET, apiSecret: 'x' })),
      errorOf(() => bird({ ...BIRD, workspaceId: SECRET })),
      errorOf(() => bird({ ...BIRD, channelId: `${SECRET} ` })),
    ]
    for (const error of errors) expect(leaks([SECRET], error)).toEqual([])
  })

  it.each([
    `https://user:${SECRET}@gateway.example`,
    `http://user:${SECRET}@gateway.example`,
    `ftp://user:${SECRET}@gateway.example`,
    `user:${SECRET}@gateway.example`,
    `//user:${SECRET}@gateway.example`,
    `https://user:${SECRET}@`,
    `https://user: ${SECRET}@gateway.example`,
    `https://gateway.example/?key=${SECRET}`,
    `https://gateway.example/#${SECRET}`,
    `gateway.example?key=${SECRET}`,
  ])('within a URL: %s', (url) => {
    const errors = [
      errorOf(() => twilio({ accountSid, authToken: 'x', baseUrl: url })),
      errorOf(() => twilio({ clientId: 'OQ1', clientSecret: 'x', tokenUrl: url })),
      errorOf(() => bird({ ...BIRD, baseUrl: url })),
    ]
    for (const error of errors) expect(leaks([SECRET], error)).toEqual([])
  })
})
