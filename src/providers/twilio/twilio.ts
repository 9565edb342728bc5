import {
  type ConversationProvider,
  defineProvider,
  type PageInfo,
  ResponseValidationError,
  recordOrNull,
  textOrNull,
} from '../../adapter.ts'
import { checkAccount } from './account.ts'
import { normalize, TWILIO_STATUSES, type TwilioConversation } from './normalize.ts'
import { type TwilioOptions, twilioSettings } from './options.ts'
import { type TwilioPage, type TwilioParticipantConversation, twilioPage } from './wire.ts'

/** The forms of participants that Twilio can look up. */
type TwilioForm = 'phone' | 'address' | 'identity'

/** Twilio, as `twilio()` returns it. */
export interface TwilioProvider
  extends ConversationProvider<TwilioConversation, TwilioForm, Record<string, never>> {}

/**
 * Twilio Conversations v1. Looks up a participant by `phone`, `address` or `identity`, in one service; sorted by
 * conversation SID. A phone number is looked up as an SMS, a WhatsApp and an RCS address, one after the other.
 *
 * @throws ConfigurationError for invalid options, and for credentials that are neither passed nor in the environment
 * @see https://www.twilio.com/docs/conversations/api/participant-conversation-resource
 * @example
 * const provider = twilio({ accountSid: 'AC…', apiKey: 'SK…', apiSecret: '…' })
 */
export function twilio(options: TwilioOptions = {}): TwilioProvider {
  const { accountSid, serviceSid, hosts, ...api } = twilioSettings(options)
  const service = serviceSid === undefined ? [] : ['Services', serviceSid]

  return defineProvider({
    name: 'twilio',
    title: 'Twilio',
    ...api, // scope, baseUrl, hostOptions, http and authorization
    participants: {
      phone: ['sms', 'whatsapp', 'rcs'],
      identity: { maxLength: 256 },
      address: true,
    },
    statuses: { all: TWILIO_STATUSES },
    request: ({ lookup }) => ({
      path: ['v1', ...service, 'ParticipantConversations'],
      query: lookup.form === 'identity' ? { Identity: lookup.value } : { Address: lookup.prefixed },
    }),
    pageSize: { query: 'PageSize', max: 50 },
    // `Page` is sent back as it is: Twilio calls it client state.
    paging: { by: 'url', next: nextPageUrl, query: ['PageToken', 'Page'], hosts },
    page: twilioPage,
    rows: {
      in: (page) => page.meta?.key ?? 'conversations',
      id: 'conversation_sid',
      normalize(raw: TwilioParticipantConversation) {
        checkAccount(raw, accountSid)
        return normalize(raw)
      },
    },
    // Older products send message and more_info, newer ones title, detail and errors.
    readError(body) {
      const { code, message, detail, title, more_info, errors } = recordOrNull(body) ?? {}
      return {
        code,
        message: textOrNull(message) ?? textOrNull(detail) ?? textOrNull(title),
        details: errors ?? (textOrNull(more_info) === null ? null : { more_info }),
      }
    },
    advice: {
      401: 'Check accountSid with authToken, apiKey with apiSecret, or clientId with clientSecret, and region.',
      404: 'Check serviceSid, accountSid and region.',
      20403: 'The account is suspended: see the Twilio console.',
      21481: 'The page token is no longer valid: omit the cursor to start from the beginning.',
      50385: 'This is the wrong region: check region and edge.',
      70051:
        'Check that the account and the credentials exist, are active and belong together, and that the credentials have permission to read conversations (for OAuth, the scope).',
    },
    requestIdHeaders: ['twilio-request-id'],
  })
}

/** A shorter page without meta is the last one: mocks in tests omit meta, and Twilio never does. */
function nextPageUrl({ meta }: TwilioPage, { rowCount, pageSize }: PageInfo): string | null | undefined {
  if (meta || rowCount < pageSize) return meta?.next_page_url
  throw new ResponseValidationError(
    "Twilio's response has no meta and a full page, so it is unknown whether another page follows.",
    {
      provider: 'twilio',
      advice: "If it comes from a mock, add meta: { key: 'conversations', next_page_url: null }.",
    },
  )
}
