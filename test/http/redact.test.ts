import { describe, expect, it } from 'vitest'
import { safeCause, scrubUrl, secretScrubber } from '../../src/http/redact.ts'

const scrub = secretScrubber(['the-secret'])

describe('secrets in text', () => {
  it('are replaced wherever they occur, the longest first', () => {
    expect(secretScrubber(['abcdef', 'abcdefghi'])('abcdef, abcdefghi')).toBe('[redacted], [redacted]')
  })

  it('are not replaced if they are so short that they occur by chance', () => {
    expect(secretScrubber(['a', 'cat', 'at sa'])('a cat sat')).toBe('a cat sat')
  })
})

describe('the forms of a secret', () => {
  const formsIn = (secret: string, text: string) => secretScrubber([secret])(text)

  it('include it trimmed and without its scheme', () => {
    expect(formsIn('Bearer gateway-secret', 'no gateway-secret')).toBe('no [redacted]')
    expect(formsIn('gateway-secret ', 'no gateway-secret, sorry')).toBe('no [redacted], sorry')
  })

  it('do not include ordinary words', () => {
    expect(formsIn('Bearer gateway-secret', 'Bearer authentication')).toBe('Bearer authentication')
    expect(formsIn('message worker', 'a message')).toBe('a message')
  })

  it('include what a URL makes of it, and base64 without its padding', () => {
    const basic = btoa('user:pass+word/1')
    expect(basic).toMatch(/=$/)
    for (const form of [basic, basic.replace(/=+$/, ''), encodeURIComponent(basic)]) {
      expect(formsIn(`Basic ${basic}`, `no ${form}!`)).toBe('no [redacted]!')
    }
    expect(formsIn('pass+word/1', 'no pass%2Bword%2F1')).toBe('no [redacted]')
    expect(formsIn('half \ud800 secret', 'half \ud800 secret')).toBe('[redacted]')
  })

  it('include what JSON makes of it', () => {
    const secret = '{"key":"gateway-secret","more":"x\\y"}'
    expect(formsIn(secret, JSON.stringify({ secret }))).toBe('{"secret":"[redacted]"}')
  })
})

describe('the URL of a request in text', () => {
  const url = 'https://api.example.com/contacts/a b?after=x'
  const shown = 'https://api.example.com/contacts/***?after=$&'

  it('is redacted as it was sent and as it was parsed', () => {
    expect(scrubUrl(`GET ${url}`, url, shown)).toBe(`GET ${shown}`)
    expect(scrubUrl(`GET ${new URL(url).href}`, url, shown)).toBe(`GET ${shown}`)
  })

  it('is redacted if only its path or its query is mentioned', () => {
    const sent = 'https://api.example.com/contacts/%2B12025550123?after=x&limit=3'
    const redacted = 'https://api.example.com/contacts/***?after=***&limit=3'
    expect(scrubUrl('no /contacts/%2B12025550123', sent, redacted)).toBe('no /contacts/***')
    expect(scrubUrl('no ?after=x&limit=3', sent, redacted)).toBe('no ?after=***&limit=3')
  })

  it('does not replace a path or a query that hides nothing', () => {
    const sent = 'https://api.example.com/?after=x'
    expect(scrubUrl('/ or ? or /?', sent, 'https://api.example.com/?after=***')).toBe('/ or ? or /?')
    const plain = 'https://api.example.com/contacts/ada'
    expect(scrubUrl('a word', plain, 'https://api.example.com/contacts/***')).toBe('a word')
  })

  it('is redacted as it was parsed if characters in it are encoded only then', () => {
    const redacted = 'https://api.example.com/contacts/***'
    const sent = 'https://api.example.com/contacts/a b?x="'
    expect(scrubUrl('no /contacts/a%20b?x=%22', sent, `${redacted}?x=***`)).toBe('no /contacts/***?x=***')
  })

  it('is left alone if nothing in it is hidden', () => {
    expect(scrubUrl(`GET ${new URL(url).href}`, url, url)).toBe(`GET ${new URL(url).href}`)
  })
})

describe('an error that is shown as a cause', () => {
  it('has the name, message, stack and code of the original, without secrets', () => {
    const original = Object.assign(new TypeError('bad the-secret'), { code: 'E_the-secret', request: {} })
    const copy = safeCause(original, scrub)
    expect(copy).toBeInstanceOf(Error)
    expect(copy).toMatchObject({ name: 'TypeError', message: 'bad [redacted]', code: 'E_[redacted]' })
    expect(copy.stack).toBe(scrub(String(original.stack)))
    expect(copy).not.toHaveProperty('request')
    expect(copy.cause).toBeUndefined()
  })

  it('has a code only if that is a number or a string', () => {
    expect(safeCause(Object.assign(new Error(), { code: 7 }), scrub)).toHaveProperty('code', 7)
    expect(safeCause(Object.assign(new Error(), { code: { of: 'the-secret' } }), scrub)).not.toHaveProperty(
      'code',
    )
    expect(safeCause(new Error('no'), scrub)).not.toHaveProperty('code')
  })

  it('may be anything that has a message, or nothing of an error at all', () => {
    expect(safeCause({ message: 'no' }, scrub)).toMatchObject({ name: 'Error', message: 'no', stack: '' })
    expect(safeCause('the-secret', scrub)).toMatchObject({ name: 'Error', message: '[redacted]' })
    expect(safeCause(null, scrub).message).toBe('null')
  })

  it('may be changed by whoever receives it, as any error', () => {
    const copy = safeCause(new Error('no'), scrub)
    copy.stack = 'none'
    copy.name = 'Mine'
    Object.defineProperty(copy, 'name', { enumerable: true })
    expect(copy).toMatchObject({ name: 'Mine', stack: 'none' })
  })

  it('has the errors of an AggregateError', () => {
    const copy = safeCause(new AggregateError([new Error('the-secret'), 'the-secret']), scrub)
    expect(copy).toMatchObject({ errors: [{ message: '[redacted]' }, { message: '[redacted]' }] })
    expect(safeCause(new Error('no'), scrub)).not.toHaveProperty('errors')
  })

  it('has four causes at most, even if the original is its own cause', () => {
    const original = new Error('again')
    original.cause = original
    let depth = 0
    for (let error: unknown = safeCause(original, scrub); error instanceof Error; error = error.cause)
      depth += 1
    expect(depth).toBe(1 + 4)

    const aggregate = new AggregateError([], 'again')
    aggregate.errors.push(aggregate)
    expect(safeCause(aggregate, scrub)).toHaveProperty('errors.0.errors.0.errors.0.errors.0.message', 'again')
  })
})
