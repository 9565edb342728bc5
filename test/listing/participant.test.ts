import { describe, expect, it } from 'vitest'
import {
  ConfigurationError,
  type ConversationProvider,
  listParticipantConversations,
  type ParticipantRef,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import { birdWith, fakeProvider, numbered, recordingFetch, thrownBy, twilioWith } from '../support/listing.ts'

describe('a participant that the provider cannot look up is refused:', () => {
  const twilioTakes = 'twilio: participant must have a phone number, an identity or an address; got'
  const birdTakes =
    'bird: participant must have a phone number, an id, an identifierKey with its identifierValue, an e-mail address or the id of a WhatsApp user; got'
  const cases: [typeof twilioWith | typeof birdWith, ParticipantRef, string][] = [
    [twilioWith, { id: 'x' }, `${twilioTakes} id`],
    [
      twilioWith,
      { identifierKey: 'phonenumber', identifierValue: '+1' },
      `${twilioTakes} identifierKey, identifierValue`,
    ],
    [birdWith, { identity: 'ada' }, `${birdTakes} identity`],
    [birdWith, { address: 'loft 3' }, `${birdTakes} "loft 3"`],
    [birdWith, { address: 'messenger:77' }, `${birdTakes} "messenger:77"`],
    [birdWith, { id: '.' }, 'bird: participant id must not be ".", which cannot be part of a URL'],
    [birdWith, { id: '..' }, 'bird: participant id must not be "..", which cannot be part of a URL'],
    [birdWith, { identifierKey: '..', identifierValue: 'x' }, 'identifierKey must not be ".."'],
    [birdWith, { identifierKey: 'x', identifierValue: '.' }, 'identifierValue must not be "."'],
    [
      twilioWith,
      { identity: 'x'.repeat(257) },
      'twilio: participant identity must be a string of at most 256 characters; got "xxx',
    ],
    [twilioWith, { identity: '🎉'.repeat(257) }, 'identity must be a string of at most 256 characters'],
  ]
  for (const [providerWith, participant, message] of cases) {
    it(message, () => {
      const { fetch, requests } = recordingFetch()
      const provider: ConversationProvider = providerWith(fetch)
      const error = thrownBy(
        () => listParticipantConversations({ provider, participant }),
        UnsupportedParticipantError,
      )
      expect(error.message).toContain(message)
      expect(error.provider).toBe(provider.name)
      expect(requests).toEqual([])
    })
  }
})

it('an error that shows no participant ends with what is wrong', () => {
  const { fetch } = recordingFetch()
  const call = () => listParticipantConversations({ provider: birdWith(fetch), participant: { id: '.' } })
  expect(thrownBy(call, UnsupportedParticipantError).message).toMatch(/cannot be part of a URL$/)
})

describe('a malformed participant is refused for any provider:', () => {
  const oneWay =
    'must be one of { phone }, { address }, { identity }, { id } or { identifierKey, identifierValue }; got'
  const wrong: [unknown, string][] = [
    [undefined, `participant ${oneWay} undefined`],
    [null, `participant ${oneWay} null`],
    ['+12025550123', `participant ${oneWay} "+12025550123"`],
    [['+12025550123'], `participant ${oneWay} "+12025550123"`],
    [{}, `participant ${oneWay} an empty object`],
    [{ address: undefined }, `participant ${oneWay} an empty object`],
    [{ address: '+12025550123', identity: 'ada' }, `${oneWay} an object with address and identity`],
    [
      { id: 'x', identifierKey: 'a', identifierValue: 'b' },
      `${oneWay} an object with id and identifierKey and identifierValue`,
    ],
    [{ adress: '+12025550123' }, `${oneWay} an object with adress`],
    [{ address: '+12025550123', name: 'Ada' }, `${oneWay} an object with address and name`],
    [{ channel: 'sms' }, 'participant.address must be a string; got undefined'],
    [{ identifierKey: 'a' }, 'participant.identifierValue must be a string; got undefined'],
    [{ identifierValue: 'a' }, 'participant.identifierKey must be a string; got undefined'],
    [{ address: 12025550123 }, 'participant.address must be a string; got 12025550123'],
    [{ address: null }, 'participant.address must be a string; got null'],
    [{ address: '+12025550123', channel: 7 }, 'participant.channel must be a string; got 7'],
    [{ identity: ['ada'] }, 'participant.identity must be a string; got an array'],
    [{ id: 7n }, 'participant.id must be a string; got 7'],
    [{ provider: 'bird', id: 7 }, 'participant.id must be a string; got 7'],
  ]
  for (const [participant, message] of wrong) {
    it(message, () => {
      expect(thrownBy(() => callWith(participant), ConfigurationError).message).toContain(message)
    })
  }

  const malformed: [object, string][] = [
    [{ address: '' }, 'participant.address must not be empty; got ""'],
    [{ address: '   ' }, 'participant.address must not be empty'],
    [{ address: 'whatsapp:' }, 'participant.address must not be empty; got "whatsapp:"'],
    [{ identity: '' }, 'participant.identity must not be empty'],
    [{ id: '' }, 'participant.id must not be empty'],
    [{ identifierKey: '', identifierValue: 'x' }, 'participant.identifierKey must not be empty'],
    [{ identifierKey: 'x', identifierValue: ' ' }, 'participant.identifierValue must not be empty'],
    [{ address: ' 12025550123' }, 'at most 15 digits; got " 12025550123"'],
    [{ address: '+12025550123 ' }, '(perhaps +12025550123?)'],
    [{ address: ' a@b.com' }, 'must not start or end with whitespace'],
    [{ address: '12025550123' }, 'must be a phone number in E.164 form: "+", '],
    [{ address: 'whatsapp:12025550123' }, 'at most 15 digits; got "whatsapp:12025550123"'],
    [{ address: '12025550123', channel: 'sms' }, 'at most 15 digits; got "12025550123"'],
    [{ address: '+1 202 555-0123' }, '(perhaps +12025550123?)'],
    [{ address: '(202) 555-0123'.slice(1) }, 'must be a phone number in E.164 form'],
    [{ address: '+01234567' }, 'must be a phone number in E.164 form'],
    [{ address: '+1234567890123456' }, 'at most 15'],
    [
      { address: 'whatsapp:+12025550123', channel: 'sms' },
      'must match its channel, "sms"; got "whatsapp:+12025550123"',
    ],
    [{ address: '+12025550123\n' }, 'participant.address must not contain control characters'],
    [{ identity: 'a\0b' }, 'participant.identity must not contain control characters'],
    [{ identity: 'a\u0085b' }, 'participant.identity must not contain control characters'],
    [{ id: '\u007f' }, 'participant.id must not contain control characters'],
    [{ identity: 'a\ud83c' }, 'participant.identity must not contain control characters or lone surrogates'],
    [{ id: '\udf89x' }, 'participant.id must not contain control characters or lone surrogates'],
    [{ address: '(202) 555-0123' }, 'participant.address must be a phone number in E.164 form'],
  ]
  for (const [participant, message] of malformed) {
    it(`${JSON.stringify(participant)}: ${message}`, () => {
      const error = thrownBy(() => callWith(participant), UnsupportedParticipantError)
      expect(error.message).toContain('listParticipantConversations(): participant.')
      expect(error.message).toContain(message)
    })
  }
})

it("a conversation's participant is refused for text that cannot be sent, if it may be looked up", () => {
  const call = () => callWith({ provider: 'fake', projectedAddress: null, identity: 'a\ud83c' })
  expect(thrownBy(call, UnsupportedParticipantError).message).toContain(
    'fake: participant identity must not contain control characters or lone surrogates',
  )
})

it('a malformed participant beside a mistake in the code is a mistake in the code', () => {
  const provider = fakeProvider(numbered(1, 1))
  const call = () => listParticipantConversations({ provider, participant: { address: '12' }, limit: -1 })
  const { message } = thrownBy(call, ConfigurationError)
  expect(message).toContain('participant.address must be a phone number')
  expect(message).toContain('limit must be a whole number')
})

/** Calls without type checks, as JavaScript can. */
function callWith(participant: unknown): unknown {
  const provider = fakeProvider(numbered(1, 1))
  return Reflect.apply(listParticipantConversations, undefined, [{ provider, participant }])
}
