import * as z from 'zod/mini'
import { COMPLETE } from '../options/parse-options.ts'
import type { TwilioStandInCredentials } from './twilio-auth.ts'

type Credential = keyof TwilioStandInCredentials

/** The forms of credentials, each with the options that belong together. */
const FORMS: readonly (readonly Credential[])[] = [
  ['authToken'],
  ['apiKey', 'apiSecret'],
  ['clientId', 'clientSecret'],
  ['accessToken'],
]

/** Refuses an account that no request could authenticate with, and half of a pair. */
export const areUsable: z.core.$ZodCheck<TwilioStandInCredentials> = z.superRefine(
  (given, context) => {
    const isMissing = (option: Credential): boolean => given[option] === undefined
    const refuse = (option: Credential, message: string): void =>
      context.addIssue({ code: 'custom', path: [option], message, params: COMPLETE })
    for (const form of FORMS) {
      const [first = '', ...others] = form.filter((option) => !isMissing(option))
      const missing = form.find(isMissing)
      if (first !== '' && others.length === 0 && missing !== undefined) {
        refuse(missing, `is missing: pass it with ${first}`)
      }
    }
    if (FORMS.flat().every(isMissing)) {
      refuse(
        'authToken',
        'is missing: pass what twilio() authenticates with, which is authToken, apiKey with apiSecret, clientId with clientSecret, or accessToken',
      )
    }
  },
  // Reported even if other options are invalid too: a misspelled credential is missing as well.
  { when: ({ value }) => typeof value === 'object' && value !== null },
)
