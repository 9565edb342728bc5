/**
 * In these countries one account is known under two forms of its number, and providers store either. The rules are narrow,
 * since a wrong form would find the conversations of somebody else. A number matches one of them at most.
 */
const RULES: readonly {
  readonly channels: readonly string[]
  readonly form: RegExp
  readonly second: (...parts: string[]) => string
}[] = [
  // Brazil: mobile numbers, which begin with 6 to 9, were given another 9 after the area code. Landlines were not.
  {
    channels: ['whatsapp'],
    form: /^\+55([1-9]{2})9([6-9]\d{7})$/,
    second: (area, number) => `+55${area}${number}`,
  },
  {
    channels: ['whatsapp'],
    form: /^\+55([1-9]{2})([6-9]\d{7})$/,
    second: (area, number) => `+55${area}9${number}`,
  },
  // Mexico: mobile numbers had a 1 after the country code until 2019. 800 is toll-free.
  {
    channels: ['whatsapp', 'sms'],
    form: /^\+521((?!800)[2-9]\d{9})$/,
    second: (number) => `+52${number}`,
  },
  {
    channels: ['whatsapp', 'sms'],
    form: /^\+52((?!800)[2-9]\d{9})$/,
    second: (number) => `+521${number}`,
  },
  // Argentina: mobile numbers have a 9 after the country code. A number without it may be another subscriber's, so there is
  // no way back. "11 15" begins a mobile number of Buenos Aires as it is dialed within the country.
  {
    channels: ['whatsapp'],
    form: /^\+549((?!1115)[1-9]\d{9})$/,
    second: (number) => `+54${number}`,
  },
]

/**
 * Returns the forms of a phone number under which an account may be known on a channel: the number itself, and perhaps a
 * second one. Without a channel, those on any channel.
 */
export function phoneForms(phone: string, channel: string | null): readonly string[] {
  for (const { channels, form, second } of RULES) {
    const parts = channel === null || channels.includes(channel) ? form.exec(phone) : null
    if (parts !== null) return [phone, second(...parts.slice(1))]
  }
  return [phone]
}

/** Returns the same for both forms of a phone number. */
export function shortestForm(phone: string): string {
  return phoneForms(phone, null).reduce((shortest, form) => (form.length < shortest.length ? form : shortest))
}
