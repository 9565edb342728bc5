import { describe, expect, it } from 'vitest'
import {
  ConfigurationError,
  type ConversationProvider,
  InvalidCursorError,
  listParticipantConversations,
  type ParticipantOf,
  type ParticipantRef,
  type TwilioProvider,
  UnsupportedParticipantError,
} from '../../src/index.ts'
import {
  birdPage,
  birdWith,
  channelId,
  firstCursorOf,
  idsOf,
  recordingFetch,
  thrownBy,
  twilioPage,
  twilioWith,
} from '../support/listing.ts'

type Phone = Extract<ParticipantRef, { phone: string }>

const phone = '+375255555555'

/** What each provider is asked for: addresses on Twilio, participants on Bird. */
async function lookedUp(participant: ParticipantRef | readonly ParticipantRef[]) {
  const { fetch, requests } = recordingFetch()
  const provider: ConversationProvider[] = [twilioWith(fetch), birdWith(fetch)]
  await listParticipantConversations({ provider, participant: [participant].flat() }).toArray()
  const valuesAt = (host: string, textIn: (url: URL) => string | null | undefined) =>
    requests.filter(({ url }) => url.host === host).map(({ url }) => textIn(url) ?? '')
  return {
    twilio: valuesAt('conversations.twilio.com', ({ searchParams }) =>
      searchParams.has('Identity') ? `identity ${searchParams.get('Identity')}` : searchParams.get('Address'),
    ),
    bird: valuesAt('api.bird.com', ({ pathname }) =>
      decodeURIComponent(/participants\/(.*)\/conversations/.exec(pathname)?.[1] ?? ''),
    ),
  }
}

describe('a phone number', () => {
  it('is looked up on every channel of Twilio, and once on Bird', async () => {
    expect(await lookedUp({ phone })).toEqual({
      twilio: [phone, `whatsapp:${phone}`, `rcs:${phone}`],
      bird: [`phonenumber/${phone}`],
    })
  })

  it('is looked up on the channels that are named, in the order in which they are', async () => {
    expect(await lookedUp({ phone, channels: ['WhatsApp', 'sms', 'whatsapp'] })).toEqual({
      twilio: [`whatsapp:${phone}`, phone],
      bird: [`phonenumber/${phone}`],
    })
  })

  it('is looked up in each channel of Bird', async () => {
    const { fetch, requests } = recordingFetch()
    const provider = birdWith(fetch, { channelId: ['a', 'b'] })
    await listParticipantConversations({ provider, participant: { phone } }).toArray()
    expect(requests.map(({ url }) => url.searchParams.get('channelId'))).toEqual(['a', 'b'])
  })

  it('is requested once by each address, however often a listing names it', async () => {
    const participant = [
      { phone },
      { address: phone },
      { address: `whatsapp:${phone}` },
      { address: phone, channel: 'rcs' },
      { phone, channels: ['sms'] },
      { identifierKey: 'phonenumber', identifierValue: phone },
    ]
    expect(await lookedUp(participant)).toEqual(await lookedUp({ phone }))
  })

  it('can be one of several things that a person is known by, each of which goes to those that can look it up', async () => {
    const person: ParticipantRef[] = [
      { phone },
      { identity: 'jo' },
      { address: 'jo@example.com' },
      { address: 'whatsapp:US.13491208655302741918' },
      { provider: 'bird', id: 'b1' },
    ]
    expect(await lookedUp(person)).toEqual({
      twilio: [
        phone,
        `whatsapp:${phone}`,
        `rcs:${phone}`,
        'identity jo',
        'jo@example.com',
        'whatsapp:US.13491208655302741918',
      ],
      bird: [
        `phonenumber/${phone}`,
        'emailaddress/jo@example.com',
        'whatsappbsuid/US.13491208655302741918',
        'b1',
      ],
    })
  })

  it('lists a conversation once that two of its addresses have', async () => {
    const pages: Readonly<Record<string, readonly string[]>> = {
      [phone]: ['CH1', 'CH2'],
      [`whatsapp:${phone}`]: ['CH2', 'CH3'],
      [`rcs:${phone}`]: ['CH1', 'CH3', 'CH4'],
    }
    const { fetch } = recordingFetch(({ url }) =>
      twilioPage(pages[url.searchParams.get('Address') ?? ''] ?? []),
    )
    const list = listParticipantConversations({ provider: twilioWith(fetch), participant: { phone } })
    expect(idsOf(await list.toArray())).toEqual(['CH1', 'CH2', 'CH3', 'CH4'])
  })

  it('lists conversations of the same id on both providers, since those are two', async () => {
    const { fetch } = recordingFetch(({ url }) =>
      url.host === 'api.bird.com'
        ? birdPage(['1'])
        : twilioPage(url.search.includes('whatsapp') ? ['1'] : []),
    )
    const provider = [twilioWith(fetch), birdWith(fetch)]
    const list = listParticipantConversations({ provider, participant: { phone } })
    expect((await list.toArray()).map(({ provider, id }) => [provider, id])).toEqual([
      ['twilio', '1'],
      ['bird', '1'],
    ])
  })
})

describe('the second form of a phone number', () => {
  /** What WhatsApp and SMS are asked for on Twilio; Bird is asked for all of the numbers. */
  const numbers: [what: string, number: string, whatsapp: readonly string[], sms?: readonly string[]][] = [
    ['a Brazilian mobile number with its ninth digit', '+5511987654321', ['+551187654321']],
    ['one that begins with 96', '+5521963334444', ['+552163334444']],
    ['a Brazilian mobile number without its ninth digit', '+551187654321', ['+5511987654321']],
    ['one without it that begins with 9', '+554199998888', ['+5541999998888']],
    ['one without it that begins with 6', '+554161234567', ['+5541961234567']],
    ['a Brazilian landline', '+554133334444', []],
    ['a Brazilian landline that begins with 5', '+551151234567', []],
    ['what would become a Brazilian landline', '+5541933334444', []],
    ['what would become one that begins with 5', '+5511951234567', []],
    ['a toll-free number in Brazil', '+558001234567', []],
    ['a toll-free number in Brazil that looks like a mobile', '+5580087654321', []],
    ['a Brazilian number that is too short', '+55118765432', []],
    ['a Brazilian number that is too long', '+55119987654321', []],
    ['a Mexican number', '+525512345678', ['+5215512345678'], ['+5215512345678']],
    ['a Mexican number with the former 1', '+5215512345678', ['+525512345678'], ['+525512345678']],
    ['a Mexican number that begins with 2', '+522221234567', ['+5212221234567'], ['+5212221234567']],
    ['a Mexican number that begins with 1', '+521234567890', []],
    ['a Mexican number that begins with 0', '+520123456789', []],
    ['a toll-free number in Mexico', '+528001234567', []],
    ['a toll-free number in Mexico with the former 1', '+5218001234567', []],
    ['a Mexican number that is too short', '+52551234567', []],
    ['a Mexican number that is too long', '+52551234567890', []],
    ['an Argentine mobile number', '+5491123456789', ['+541123456789']],
    ['an Argentine mobile number of the provinces', '+5493512345678', ['+543512345678']],
    ['an Argentine number without its 9', '+541123456789', []],
    ['an Argentine mobile number as it is dialed at home', '+54111523456789', []],
    ['one of those with a 9', '+5491115234567', []],
    ['an Argentine number that is too short', '+549112345678', []],
    ['an Argentine number that is too long', '+54911234567890', []],
    ['a number of Ivory Coast', '+2250701234567', []],
    ['a number of Benin', '+2290197123456', []],
    ['a number of Lebanon', '+9613123456', []],
    ['a number of the United States', '+15511987654', []],
  ]

  it.each(numbers)('of %s, %s, is %j', async (_, number, whatsapp, sms = []) => {
    expect(await lookedUp({ phone: number })).toEqual({
      twilio: [
        number,
        ...sms,
        `whatsapp:${number}`,
        ...whatsapp.map((form) => `whatsapp:${form}`),
        `rcs:${number}`,
      ],
      bird: [number, ...whatsapp].map((form) => `phonenumber/${form}`),
    })
  })

  it('is not looked up if variants is false', async () => {
    expect(await lookedUp({ phone: '+525512345678', variants: false })).toEqual({
      twilio: ['+525512345678', 'whatsapp:+525512345678', 'rcs:+525512345678'],
      bird: ['phonenumber/+525512345678'],
    })
  })

  it('is looked up only on the channels that have it', async () => {
    expect(await lookedUp({ phone: '+5511987654321', channels: ['sms', 'rcs'] })).toEqual({
      twilio: ['+5511987654321', 'rcs:+5511987654321'],
      bird: ['phonenumber/+5511987654321'],
    })
  })

  it('is not looked up for an address, which is looked up exactly', async () => {
    expect(await lookedUp({ address: 'whatsapp:+5511987654321' })).toEqual({
      twilio: ['whatsapp:+5511987654321'],
      bird: ['phonenumber/+5511987654321'],
    })
  })

  it('has a cursor of its own, since its addresses are listed in another order', async () => {
    const next = 'https://conversations.twilio.com/v1/ParticipantConversations?Page=1&PageToken=PT1'
    const { fetch } = recordingFetch(() => twilioPage(['CH1'], next))
    const list = (number: string, cursor: string | null = null) =>
      listParticipantConversations({
        provider: twilioWith(fetch),
        participant: { phone: number },
        cursor,
        limit: 1,
      })
    const cursor = await firstCursorOf(list('+525512345678'))
    await expect(list('+525512345678', cursor).toArray()).resolves.toHaveLength(1)
    await expect(list('+5215512345678', cursor).toArray()).rejects.toThrow(InvalidCursorError)
  })

  it('is the address of a participant who is found by it', async () => {
    const contact = { identifierKey: 'phonenumber', identifierValue: '+551187654321' }
    const { fetch } = recordingFetch(({ href }) => ({
      results: href.includes('%2B551187654321')
        ? [{ id: '1', channelId, featuredParticipants: [{ id: 'b1', contact }] }]
        : [],
    }))
    const provider = birdWith(fetch)
    const [found] = await listParticipantConversations({
      provider,
      participant: { phone: '+5511987654321' },
    }).toArray()
    expect(found?.participant).toMatchObject({ id: 'b1', address: '+551187654321' })
  })
})

describe('a phone number is refused', () => {
  const { fetch, requests } = recordingFetch()
  const refusal = (participant: Phone, provider: ConversationProvider = twilioWith(fetch)): string =>
    thrownBy(() => listParticipantConversations({ provider, participant }), UnsupportedParticipantError)
      .message

  it.each([
    ['+1 202 555-0123', '+12025550123'],
    ['whatsapp:+12025550123', '+12025550123'],
    ['%2B12025550123', '+12025550123'],
    ['whatsapp%3A%2B12025550123', '+12025550123'],
    ['[+12025550123]', '+12025550123'],
    ['tel:+12025550123', '+12025550123'],
  ])('if it is written as %s, with what was probably meant', (given, meant) => {
    expect(refusal({ phone: given })).toContain(
      `participant.phone must be a phone number in E.164 form: "+", the country code and the number, at most 15 digits (perhaps ${meant}?)`,
    )
  })

  it.each(['12025550123', 'ada', '+', '+0123', '+1234567890123456', 'whatsapp:US.1349', ''])(
    'if it is %j, without a guess',
    (given) => {
      expect(refusal({ phone: given })).not.toContain('perhaps')
    },
  )

  it('if it is another address, with the form for that', () => {
    expect(refusal({ phone: 'jo@example.com' })).toContain(
      'participant.phone must be a phone number; pass an e-mail address as { address }',
    )
    for (const id of ['US.1349', 'whatsapp:US.1349']) {
      expect(refusal({ phone: id })).toContain(
        'participant.phone must be a phone number; pass the id of a WhatsApp user as { address }, with the prefix "whatsapp:"',
      )
    }
  })

  it('for a channel on which the provider knows no phone numbers', () => {
    expect(refusal({ phone, channels: ['sms', 'messenger'] })).toBe(
      'twilio: participant channels must be sms, whatsapp or rcs; got "messenger"',
    )
    expect(refusal({ phone, channels: ['email'] }, birdWith(fetch))).toBe(
      'bird: participant channels must be sms, whatsapp, rcs or viber; got "email"',
    )
  })

  it('with options of another type, as a mistake in the code', () => {
    const messageOf = (options: object): string =>
      thrownBy(
        () =>
          listParticipantConversations({
            provider: twilioWith(fetch),
            participant: Object.assign({ phone }, options),
          }),
        ConfigurationError,
      ).message
    const CHANNELS = 'participant.channels must be an array of at least one channel, such as sms or whatsapp'
    expect(messageOf({ channels: [] })).toContain(CHANNELS)
    expect(messageOf({ channels: 'sms' })).toContain(CHANNELS)
    expect(messageOf({ channels: [7] })).toContain('participant.channels')
    expect(messageOf({ variants: 'no' })).toContain('participant.variants must be true or false; got "no"')
    expect(messageOf({ address: phone })).toContain('got an object with phone and address')
    expect(messageOf({ channel: 'sms' })).toContain('got an object with phone and channel')
  })

  it('before any request', () => {
    expect(requests).toEqual([])
  })
})

describe('the types of a phone number', () => {
  const { fetch } = recordingFetch()
  const [onTwilio, onBird] = [twilioWith(fetch), birdWith(fetch)]

  it('are those of both providers', () => {
    const lists = () => [
      listParticipantConversations({ provider: onTwilio, participant: { phone } }),
      listParticipantConversations({ provider: onBird, participant: { phone, channels: ['sms', 'viber'] } }),
      listParticipantConversations({ provider: [onTwilio, onBird], participant: { phone, variants: false } }),
      listParticipantConversations({
        provider: [onTwilio, onBird],
        participant: [{ phone, channels: undefined }, { identity: 'jo' }, { provider: 'bird', id: 'b1' }],
      }),
    ]
    expect(lists()).toHaveLength(4)
  })

  it('leave no room for a second form in one reference, nor for its options with another form', () => {
    const list = (participant: ParticipantOf<TwilioProvider>) =>
      listParticipantConversations({ provider: onTwilio, participant })
    const mixed = [
      // @ts-expect-error -- two forms
      () => list({ phone, identity: 'jo' }),
      // @ts-expect-error -- an address is one channel already
      () => list({ address: phone, channels: ['sms'] }),
      // @ts-expect-error -- a phone number has several channels
      () => list({ phone, channel: 'sms' }),
    ]
    for (const call of mixed) expect(call).toThrow(ConfigurationError)
  })
})
