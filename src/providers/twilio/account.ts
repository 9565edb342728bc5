import { ConfigurationError } from '../../adapter.ts'
import type { TwilioParticipantConversation } from './wire.ts'

/**
 * With an API key or a token, Twilio never sees `accountSid`, and lists the account that the credentials belong to: a
 * parent account's key would list the parent's conversations as those of a subaccount. Only the rows say so.
 *
 * @param accountSid - undefined if it is unknown, as it may be with a token
 * @throws ConfigurationError for a conversation of another account
 */
export function checkAccount(
  { account_sid: found }: TwilioParticipantConversation,
  accountSid: string | undefined,
): void {
  if (accountSid === undefined || typeof found !== 'string' || found === accountSid) return
  // Quoted and cut: a response may contain anything.
  const other = JSON.stringify(found.slice(0, 40))
  throw new ConfigurationError(
    `Twilio returned a conversation of account ${other}, but accountSid is "${accountSid}".`,
    {
      provider: 'twilio',
      option: 'accountSid',
      advice:
        'Pass the account SID and the key of one account. With an API key or an access token, Twilio lists the account that it belongs to, whatever accountSid says. If the response comes from a mock, make its account_sid the same as accountSid.',
    },
  )
}
