const TITLES: Readonly<Record<string, string>> = { twilio: 'Twilio', bird: 'Bird' }

/** A provider's name in sentences. */
export function titleOf(provider: string): string {
  return TITLES[provider] ?? provider
}

const and = new Intl.ListFormat('en', { type: 'conjunction' })

/** Providers in sentences: "Twilio and Bird". */
export function titlesOf(providers: readonly string[]): string {
  return and.format(providers.map(titleOf))
}
