import {
  type ConversationProvider,
  defineProvider,
  hidden,
  ResponseValidationError,
  readNextPageUrl,
  recordOrNull,
  textOrNull,
} from '../../adapter.ts'
import { checkAccount } from './account.ts'
import { normalize, TWILIO_STATUSES, type TwilioConversation } from './normalize.ts'
import { type TwilioOptions, twilioSettings } from './options.ts'
import { joinPageToken, splitPageToken } from './page-token.ts'
import { type TwilioForm, twilioLookups } from './participant.ts'
import { twilioConversation, twilioPage } from './wire.ts'

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
  const { accountSid, serviceSid, publicUrl, hosts, ...settings } = twilioSettings(options)
  const service = serviceSid === undefined ? [] : ['Services', serviceSid]
  const path = ['v1', ...service, 'ParticipantConversations']
  // Behind a gateway, Twilio names its own host in its URLs.
  const publicEndpoint = [publicUrl, ...path].join('/')

  return defineProvider({
    name: 'twilio',
    title: 'Twilio',
    scope: settings.scope,
    capabilities: { maxPageSize: 50, statusFilter: 'none', statuses: TWILIO_STATUSES },
    baseUrl: publicUrl,
    http: settings.http,
    authorization: settings.authorization,
    participants: { phone: ['sms', 'whatsapp', 'rcs'], identity: true, address: true },
    lookups: twilioLookups,
    pageTokenIdentity: (pageToken) => String(splitPageToken(pageToken).token),
    request({ lookup, pageSize, pageToken }) {
      const { token, page } = splitPageToken(pageToken)
      return {
        path,
        query: { ...lookup.query, PageSize: pageSize, Page: page, PageToken: hidden(token) },
      }
    },
    page: twilioPage,
    rows: {
      in: (page) => page.meta?.key ?? 'conversations',
      schema: twilioConversation,
      normalize: (raw) => {
        checkAccount(raw, accountSid)
        return normalize(raw)
      },
    },
    read(page, { endpoint, request, rowCount }) {
      const { query, error } = readNextPageUrl(page.meta?.next_page_url, {
        provider: 'twilio',
        property: 'next_page_url',
        endpoints: [endpoint, publicEndpoint],
        hosts,
        parameter: 'PageToken',
      })
      return {
        nextPageToken: query && joinPageToken({ token: query.get('PageToken'), page: query.get('Page') }),
        // A shorter page is the last one: mocks in tests omit meta, and Twilio never does.
        nextPageError: page.meta || rowCount < request.pageSize ? error : missingMeta(),
      }
    },
    // Older products send message and more_info, newer ones title, detail and errors.
    readError(body) {
      const { code, message, detail, title, more_info, errors } = recordOrNull(body) ?? {}
      return {
        code: typeof code === 'number' ? code : textOrNull(code),
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
    hostOptions: settings.hostOptions,
  })
}

function missingMeta(): ResponseValidationError {
  return new ResponseValidationError(
    `Twilio's response has no meta and a full page, so it is unknown whether another page follows. If it comes from a mock, add meta: { key: 'conversations', next_page_url: null }.`,
    { provider: 'twilio' },
  )
}
