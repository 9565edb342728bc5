import * as z from 'zod/mini'

/** The ids of what Twilio has, as options: a prefix, and letters and digits. */

export const accountSid: z.ZodMiniType<string, string> = sid('an account', 'AC')
export const apiKeySid: z.ZodMiniType<string, string> = sid('an API key', 'SK')
export const serviceSid: z.ZodMiniType<string, string> = sid('a conversation service', 'IS')

function sid(kind: string, prefix: string): z.ZodMiniType<string, string> {
  const error = `must be ${kind} SID ("${prefix}" followed by letters and digits)`
  return z.string(error).check(z.regex(new RegExp(`^${prefix}\\w*$`), error))
}
