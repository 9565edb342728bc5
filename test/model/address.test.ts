import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/adapter.ts'
import { listParticipantConversations, UnsupportedParticipantError } from '../../src/index.ts'
import { recordingFetch, thrownBy, twilioWith } from '../support/listing.ts'

/** The number that the error for an address suggests, or null. */
function suggestionFor(address: string): string | null {
  const { message } = thrownBy(() => list(address), UnsupportedParticipantError)
  return /perhaps (.*)\?/.exec(message)?.[1] ?? null
}

function list(address: string): unknown {
  return listParticipantConversations({
    provider: twilioWith(recordingFetch().fetch),
    participant: { address },
  })
}

describe('an address', () => {
  it.each([
    ['+12025550123', 'phone'],
    ['(202) 555-0123', 'phone'],
    ['12 Main Street', 'other'],
    ['ada@example.com', 'email'],
    ['ada lovelace@example.com', 'other'],
    ['ada@example.com (home)', 'other'],
    ['ada@home@example.com', 'other'],
    ['tel:home', 'other'],
    ['+1 202 555 0123 x5', 'phone'],
    ['12, Main Street', 'other'],
  ])('%j is of the kind %s', (address, kind) => {
    expect(parseAddress(address).kind).toBe(kind)
  })

  it.each(['ada@example.com\u200b', '\u2060desk-1'])(
    '%j is refused, since its invisible characters match nothing',
    (address) => {
      expect(thrownBy(() => list(address), UnsupportedParticipantError).message).toContain(
        'must not contain invisible characters',
      )
    },
  )

  it.each(['whatsapp: ', ' '])('%j is refused as empty', (address) => {
    expect(thrownBy(() => list(address), UnsupportedParticipantError).message).toContain('must not be empty')
  })
})

describe('the error for a phone number in another format', () => {
  it.each([
    ['+1 202 555-0123', '+12025550123'],
    ['+1 (202) 555.0123', '+12025550123'],
    [' +12025550123', '+12025550123'],
    ['whatsapp:+44 7700 900123', '+447700900123'],
    ['+44 (0)7700 900123', '+447700900123'],
    ['00 44 7700 900123', '+447700900123'],
    ['(0044) 7700 900123', '+447700900123'],
    ['\u202a+12025550123\u202c', '+12025550123'],
    ['+12025550123\u200b', '+12025550123'],
    ['+1\u2011202\u2013555\u20140123', '+12025550123'],
    ['\uff0b\uff11\uff12\uff10\uff12\uff15\uff15\uff15\uff10\uff11\uff12\uff13', '+12025550123'],
    ['+12025550123,', '+12025550123'],
    ['tel:+12025550123', '+12025550123'],
    ['sms:+1-202-555-0123', '+12025550123'],
  ])('suggests the E.164 form of %s, which is accepted', (address, suggestion) => {
    expect(suggestionFor(address)).toBe(suggestion)
    expect(() => list(suggestion)).not.toThrow()
  })

  it.each(['12025550123', '(202) 555-0123', '07700 900123', '020 7946 0000', 'whatsapp:12025550123'])(
    'suggests nothing for %s, whose country is unknown',
    (address) => {
      expect(suggestionFor(address)).toBeNull()
    },
  )

  it.each([
    '+07700900123',
    '+0044 7700 900123',
    '+1234567890123456',
    '000 7700 900123',
    '+',
    '+1 202 555 0123 x5',
    '+1 202 555 0123 ext. 5',
  ])('suggests nothing for %s if the suggestion would be refused too', (address) => {
    expect(suggestionFor(address)).toBeNull()
  })
})

describe('the error for an address that was changed on its way', () => {
  it.each([
    ['%2B12025550123', 'must not be percent-encoded', '+12025550123'],
    ['whatsapp%3A%2B12025550123', 'must not be percent-encoded', 'whatsapp:+12025550123'],
    ['whatsapp:%2B12025550123', 'must not be percent-encoded', 'whatsapp:+12025550123'],
    ['jo%40example.com', 'must not be percent-encoded', 'jo@example.com'],
    ['%252B12025550123', 'must not be percent-encoded', '+12025550123'],
    ['messenger%3A1234', 'must not be percent-encoded', 'messenger:1234'],
    ['whatsapp%3AUS.13491208655302741918', 'must not be percent-encoded', 'whatsapp:US.13491208655302741918'],
    ['whatsapp:whatsapp:+12025550123', 'must not have two prefixes', 'whatsapp:+12025550123'],
    ['WhatsApp:whatsapp:whatsapp:+12025550123', 'must not have two prefixes', 'whatsapp:+12025550123'],
    ['[+12025550123]', 'must not be in brackets', '+12025550123'],
    ['[whatsapp:+12025550123]', 'must not be in brackets', 'whatsapp:+12025550123'],
    ['[whatsapp%3A%2B12025550123]', 'must not be in brackets', 'whatsapp:+12025550123'],
    [
      'US.13491208655302741918',
      'must begin with "whatsapp:" if it is the id of a WhatsApp user',
      'whatsapp:US.13491208655302741918',
    ],
    ['US.ENT.1349abc', 'must begin with "whatsapp:"', 'whatsapp:US.ENT.1349abc'],
  ])('says of %s that it %s, and suggests %s, which is accepted', (address, problem, suggestion) => {
    expect(thrownBy(() => list(address), UnsupportedParticipantError).message).toContain(
      `participant.address ${problem}`,
    )
    expect(suggestionFor(address)).toBe(suggestion)
    expect(() => list(suggestion)).not.toThrow()
  })

  it.each(['whatsapp:rcs:+12025550123', '[]', '[ ]', 'whatsapp:%2B0123'])(
    'suggests nothing for %s, which may mean several things or none',
    (address) => {
      expect(suggestionFor(address)).toBeNull()
    },
  )
})

describe('an address is taken as it is', () => {
  it.each([
    'a%2Bb@example.com',
    'a%40b@example.com',
    'loft%203',
    '50% off',
    'messenger:%41',
    '[loft',
    'us.1349',
    'US.1349-5',
    'USA.1349',
  ])('if it only looks like a mistake: %s', (address) => {
    expect(() => list(address)).not.toThrow()
  })
})
