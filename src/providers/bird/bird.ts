import {
  type ConversationProvider,
  countOrNull,
  defineProvider,
  hidden,
  recordOrNull,
  textOrNull,
} from '../../adapter.ts'
import { BIRD_STATUSES, type BirdConversation, normalise } from './normalise.ts'
import { type BirdOptions, parseBirdOptions } from './options.ts'
import { type BirdParticipantRef, participantLookup } from './participant.ts'
import { birdPage } from './wire.ts'

/**
 * Bird Conversations (api.bird.com). Looks up a participant by `id`, by phone number or e-mail `address`, or by
 * identifier, in one channel. Bird documents no order.
 *
 * @throws ConfigurationError for wrong options, and for credentials that are neither passed nor in the environment
 * @see https://docs.bird.com/api/conversations-api
 * @example
 * const provider = bird({ accessKey: '…', workspaceId: '…', channelId: '…' })
 */
export function bird(options: BirdOptions = {}): ConversationProvider<BirdConversation, BirdParticipantRef> {
  const { accessKey, workspaceId, channelId: defaultChannelId, ...http } = parseBirdOptions(options)

  return defineProvider({
    name: 'bird',
    title: 'Bird',
    scope: `${workspaceId}/${defaultChannelId}`,
    capabilities: { maxPageSize: 100, statusFilter: 'one', statuses: BIRD_STATUSES },
    baseUrl: 'https://api.bird.com',
    http,
    authorization: { scheme: 'AccessKey', credentials: accessKey },
    participantKey: (participant: BirdParticipantRef) => participantLookup(participant).path.join('/'),
    request({ participant, pageSize, pageToken, status, providerOptions }) {
      const channelId = providerOptions.bird?.channelId ?? defaultChannelId
      const reverse = providerOptions.bird?.reverse
      const who = participantLookup(participant).path
      return {
        // The key of an identifier is shown, its value is not.
        path: [
          'workspaces',
          workspaceId,
          'participants',
          ...who.slice(0, -1),
          ...who.slice(-1).map((value) => hidden(value)),
          'conversations',
        ],
        query: { channelId, status, limit: pageSize, reverse, pageToken: hidden(pageToken) },
      }
    },
    page: birdPage,
    read({ results, nextPageToken, total, totalType }, { request }) {
      const { matches } = participantLookup(request.participant)
      return {
        items: (results ?? []).map((raw) => normalise(raw, matches)),
        nextPageToken,
        // A lower bound is not a total.
        total: totalType === 'greaterThanOrEqual' ? null : countOrNull(total),
      }
    },
    readError(body) {
      const { code, message, details } = recordOrNull(body) ?? {}
      return { code: textOrNull(code), message: textOrNull(message), details }
    },
    advice: {
      401: 'Check accessKey: api.bird.com accepts no keys of the older MessageBird API or the newer platform API.',
      404: 'Check workspaceId, channelId and the participant.',
      422: 'Check channelId, the participant and the cursor.',
    },
    requestIdHeaders: ['x-request-id', 'request-id', 'x-amzn-requestid'],
  })
}
