import {
  type ConversationProvider,
  countOrNull,
  defineProvider,
  hidden,
  joinSourceToken,
  type ListPageRequest,
  recordOrNull,
  splitSourceToken,
  textOrNull,
} from '../../adapter.ts'
import { BIRD_STATUSES, type BirdConversation, normalize } from './normalize.ts'
import { type BirdOptions, parseBirdOptions } from './options.ts'
import { type BirdParticipantRef, participantLookup } from './participant.ts'
import { birdPage } from './wire.ts'

/**
 * Bird Conversations (api.bird.com). Looks up a participant by `id`, by phone number or e-mail `address`, or by
 * identifier, in one channel, or in several, one after the other. Bird documents no order.
 *
 * @throws ConfigurationError for invalid options, and for credentials that are neither passed nor in the environment
 * @see https://docs.bird.com/api/conversations-api
 * @example
 * const provider = bird({ accessKey: '…', workspaceId: '…', channelId: '…' })
 */
export function bird(options: BirdOptions = {}): ConversationProvider<BirdConversation, BirdParticipantRef> {
  const { accessKey, workspaceId, channelId, ...http } = parseBirdOptions(options)
  const defaultChannels = [channelId].flat()

  /** Bird lists one channel at a time: the page token says which, and where in it. */
  const placeOf = ({ pageToken, providerOptions }: ListPageRequest<unknown>) => {
    const channels = [providerOptions.bird?.channelId ?? defaultChannels].flat()
    return { channels, ...splitSourceToken(pageToken, channels.length, 'bird') }
  }

  return defineProvider({
    name: 'bird',
    title: 'Bird',
    scope: `${workspaceId}/${defaultChannels}`,
    capabilities: { maxPageSize: 100, statusFilter: 'one', statuses: BIRD_STATUSES },
    baseUrl: 'https://api.bird.com',
    http,
    authorization: { scheme: 'AccessKey', credentials: accessKey },
    participantKey: (participant: BirdParticipantRef) => participantLookup(participant).path.join('/'),
    request(request) {
      const { channels, index, pageToken } = placeOf(request)
      const who = participantLookup(request.participant).path
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
        query: {
          channelId: channels[index],
          status: request.status,
          limit: request.pageSize,
          reverse: request.providerOptions.bird?.reverse,
          pageToken: hidden(pageToken),
        },
      }
    },
    page: birdPage,
    read({ results, nextPageToken, total, totalType }, { request }) {
      const { find } = participantLookup(request.participant)
      const { channels, index } = placeOf(request)
      const isLast = index + 1 === channels.length
      return {
        items: (results ?? []).map((raw) => normalize(raw, find)),
        nextPageToken: nextPageToken
          ? joinSourceToken({ index, pageToken: nextPageToken })
          : isLast
            ? null
            : joinSourceToken({ index: index + 1, pageToken: null }),
        endsSource: !nextPageToken,
        // Neither a lower bound nor one channel's total is a total.
        total: channels.length > 1 || totalType === 'greaterThanOrEqual' ? null : countOrNull(total),
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
