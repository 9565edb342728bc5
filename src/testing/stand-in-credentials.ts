import * as z from 'zod/mini'
import { COMPLETE } from '../options/parse-options.ts'
import { text } from '../options/schemas.ts'
import type { TwilioStandInCredentials } from './twilio-auth.ts'

/** The same rules as those of `twilio()` and `bird()`: what these refuse can never reach a stand-in. */

export const accountSid: z.ZodMiniType<string> = sid('an account', 'AC')
export const apiKeySid: z.ZodMiniType<string> = sid('an API key', 'SK')
export const uuid: z.ZodMiniType<string> = text('must be a UUID', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i)

function sid(kind: string, prefix: string): z.ZodMiniType<string> {
  return text(
    `must be ${kind} SID ("${prefix}" followed by letters and digits)`,
    new RegExp(`^${prefix}\\w*$`),
  )
}

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
