import * as z from 'zod/mini'
import { recordOrNull, textOrNull } from '../model/read.ts'
import { COMPLETE } from '../options/parse-options.ts'
import { serviceSid } from '../providers/twilio/sids.ts'
import type { BirdStandInOptions } from './bird.ts'
import { SAMPLE_ACCOUNT_SID } from './sample-twilio.ts'
import type { TwilioStandInOptions } from './twilio.ts'

/**
 * What a stand-in requires of the conversations that it serves: what is without it was most likely meant otherwise. Apart
 * from that, they may have any shape, null as the id included, since tests serve invalid ones too.
 */

export const twilioRows: z.core.$ZodCheck<TwilioStandInOptions> = z.superRefine(
  ({ accountSid, conversations, services = {} }, context) => {
    const refuse = (path: string[], message: string | null): void => {
      if (message !== null) context.addIssue({ code: 'custom', path, message, params: COMPLETE })
    }
    refuse(['conversations'], problemOfTwilio(conversations, accountSid))
    for (const [sid, rows] of Object.entries(services)) {
      refuse(['services', sid], problemOfService(sid) ?? problemOfTwilio(rows, accountSid))
    }
  },
)

export const birdRows: z.core.$ZodCheck<BirdStandInOptions> = z.superRefine(({ conversations }, context) => {
  const message = problemOfIds(conversations, 'id')
  if (message !== null)
    context.addIssue({ code: 'custom', path: ['conversations'], message, params: COMPLETE })
})

function problemOfTwilio(rows: readonly unknown[], accountSid: string): string | null {
  const problem = problemOfIds(rows, 'conversation_sid')
  if (problem !== null) return problem
  const accounts = rows.map((row) => textOrNull(recordOrNull(row)?.account_sid))
  const index = accounts.findIndex(
    (account) => account !== null && account !== accountSid && account !== SAMPLE_ACCOUNT_SID,
  )
  if (index === -1) return null
  return `must be those of accountSid: the account_sid at index ${index} is "${accounts[index]}". Omit it, or create a stand-in with that accountSid`
}

function problemOfIds(rows: readonly unknown[], name: string): string | null {
  const records = rows.map(recordOrNull)
  const modelIndex = records.findIndex((row) => recordOrNull(row?.raw) !== null)
  if (modelIndex !== -1) {
    return `must be what the provider sends: at index ${modelIndex} is a conversation of a listing. Pass its raw`
  }
  const index = records.findIndex((row) => row?.[name] === undefined)
  if (index === -1) return null
  return `must be objects with the property ${name}: at index ${index} there is none. To play a response without it, set it to null`
}

function problemOfService(sid: string): string | null {
  return z.safeParse(serviceSid, sid).success
    ? null
    : 'is not a conversation service SID ("IS" followed by letters and digits)'
}
