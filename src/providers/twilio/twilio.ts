import { createJsonClient } from '../../http/client.ts'
import type { HttpProfile } from '../../http/profile.ts'
import { HIDDEN, pathSegment, queryString } from '../../http/url.ts'
import type { ConversationProvider } from '../../provider.ts'
import { checkEntries, checkRecord, checkText, record, text } from '../../wire.ts'
import { createAuthorizer } from './authorization.ts'
import { normalise, TWILIO_STATUSES, type TwilioConversation } from './normalise.ts'
import { type TwilioOptions, twilioSettings } from './options.ts'
import { readNextPageUrl, splitPageToken } from './page-token.ts'
import { participantQuery, type TwilioParticipantRef } from './participant.ts'
import type { TwilioParticipantConversation } from './wire.ts'

/**
 * Twilio Conversations v1. Looks up a participant by `address` or `identity`; sorted by conversation SID.
 *
 * @throws ConfigurationError for a wrong option, and for credentials that are neither given nor in the environment
 * @see https://www.twilio.com/docs/conversations/api/participant-conversation-resource
 * @example
 * const provider = twilio({ accountSid: 'AC…', apiKey: 'SK…', apiSecret: '…' })
 */
export function twilio(
  options: TwilioOptions = {},
): ConversationProvider<TwilioConversation, TwilioParticipantRef> {
  const settings = twilioSettings(options)
  const requestJson = createJsonClient(settings.http, PROFILE)
  const authorize = createAuthorizer(settings, PROFILE)
  const path =
    settings.serviceSid === undefined
      ? '/v1/ParticipantConversations'
      : `/v1/Services/${pathSegment(settings.serviceSid)}/ParticipantConversations`
  const endpoint = `${settings.baseUrl}${path}`

  return {
    name: 'twilio',
    scope: settings.scope,
    capabilities: { maxPageSize: 50, statusFilter: 'none', statuses: TWILIO_STATUSES },
    participantKey: (participant) => queryString(participantQuery(participant)),
    pageTokenIdentity: (pageToken) => splitPageToken(pageToken).token,

    async listPage({ participant, pageSize, pageToken, signal }) {
      const who = participantQuery(participant)
      const { token, page } = pageToken === null ? { token: null, page: null } : splitPageToken(pageToken)
      const url = `${endpoint}${queryString({ ...who, PageSize: pageSize, Page: page, PageToken: token })}`
      const redactedUrl = (): string => {
        const hidden = Object.fromEntries(Object.keys(who).map((name) => [name, HIDDEN]))
        return `${endpoint}${queryString({ ...hidden, PageSize: pageSize, Page: page, PageToken: token && HIDDEN })}`
      }
      const { body, requestId } = await authorize(({ header, secrets }, attemptsBefore) =>
        requestJson({
          url,
          redactedUrl,
          headers: { authorization: header },
          secrets,
          signal,
          attemptsBefore,
        }),
      )
      const { conversations, nextPageUrl } = readPage(body)
      return {
        items: conversations.map(normalise),
        ...readNextPageUrl(nextPageUrl, path, settings),
        requestId,
        total: null,
      }
    },
  }
}

const PROFILE: HttpProfile = {
  provider: 'twilio',
  title: 'Twilio',
  requestIdHeaders: ['twilio-request-id'],
  // Older products say message and more_info, newer ones title, detail and errors.
  readErrorBody(body) {
    const { code, message, detail, title, more_info, errors } = record(body) ?? {}
    return {
      code: typeof code === 'number' ? code : text(code),
      message: text(message) ?? text(detail) ?? text(title),
      details: errors ?? (text(more_info) === null ? null : { more_info }),
    }
  },
  advice: new Map([
    [
      401,
      'Check accountSid with authToken, apiKey with apiSecret, or clientId with clientSecret, and region.',
    ],
    [404, 'Check serviceSid, accountSid and region.'],
    [20403, 'The account is suspended: see the Twilio console.'],
    [21481, 'The page token is not valid any more: leave the cursor out to start anew.'],
    [70051, 'Give the API key the permission to read conversations.'],
  ]),
}

/** The list and the next page's URL. The list's name is in the page. */
function readPage(body: unknown): {
  conversations: readonly TwilioParticipantConversation[]
  nextPageUrl: string | null
} {
  const page = checkRecord(body, 'the body', PROFILE)
  const meta = checkRecord(page.meta ?? {}, 'meta', PROFILE)
  const key = checkText(meta.key, 'meta.key', PROFILE) ?? 'conversations'
  const list: unknown = Object.hasOwn(page, key) ? page[key] : undefined
  // A name that is made up may be anything: it is not shown.
  const place = key === 'conversations' ? key : 'the list'
  return {
    conversations: checkEntries<TwilioParticipantConversation>(list, place, 'conversation_sid', PROFILE),
    nextPageUrl: checkText(meta.next_page_url, 'meta.next_page_url', PROFILE),
  }
}
