import {
  type ConversationProvider,
  countOrNull,
  defineProvider,
  hidden,
  recordOrNull,
  textOrNull,
} from '../../adapter.ts'
import { businessAddressesOf, idsOf } from './channels.ts'
import { BIRD_STATUSES, type BirdConversation, normalize } from './normalize.ts'
import { type BirdListOptions, type BirdOptions, birdListOptions, parseBirdOptions } from './options.ts'
import { type BirdForm, birdLookups } from './participant.ts'
import { birdConversation, birdPage } from './wire.ts'

/** Bird, as `bird()` returns it. */
export interface BirdProvider extends ConversationProvider<BirdConversation, BirdForm, BirdListOptions> {}

/**
 * Bird Conversations (api.bird.com). Looks up a participant by `phone`, `address`, `id` or identifier, in one channel, or in
 * several, one after the other. Bird documents no order.
 *
 * @throws ConfigurationError for invalid options, and for credentials that are neither passed nor in the environment
 * @see https://docs.bird.com/api/conversations-api
 * @example
 * const provider = bird({ accessKey: '…', workspaceId: '…', channelId: '…' })
 */
export function bird(options: BirdOptions = {}): BirdProvider {
  const { accessKey, workspaceId, channelId, ...http } = parseBirdOptions(options)
  const businessAddressOf = businessAddressesOf(channelId)

  return defineProvider({
    name: 'bird',
    title: 'Bird',
    scope: workspaceId,
    // Bird documents no 404, but an unknown contact may well give one.
    capabilities: { maxPageSize: 100, statusFilter: 'one', statuses: BIRD_STATUSES, notFound: 'empty' },
    baseUrl: 'https://api.bird.com',
    http,
    authorization: { scheme: 'AccessKey', credentials: accessKey },
    participants: {
      phone: ['sms', 'whatsapp', 'rcs', 'viber'],
      id: true,
      identifier: true,
      address: ['phone', 'email', 'whatsappUserId'],
    },
    lookups: birdLookups,
    listOptions: birdListOptions(idsOf(channelId)),
    // Bird lists one channel at a time.
    lists: (options) => [options.channelId ?? idsOf(channelId)].flat(),
    request: ({ lookup, list, status, pageSize, pageToken, options }) => ({
      // The key of an identifier is shown, its value is not.
      path: [
        'workspaces',
        workspaceId,
        'participants',
        ...lookup.path.slice(0, -1),
        ...lookup.path.slice(-1).map((value) => hidden(value)),
        'conversations',
      ],
      query: {
        channelId: list,
        status,
        limit: pageSize,
        reverse: options.reverse || null,
        pageToken: hidden(pageToken),
      },
    }),
    page: birdPage,
    rows: {
      in: 'results',
      schema: birdConversation,
      normalize: (raw, { lookup, list }) =>
        normalize(raw, {
          find: lookup.find,
          businessAddress: businessAddressOf(textOrNull(raw.channelId) ?? list),
        }),
    },
    read: ({ nextPageToken, total, totalType }) => ({
      nextPageToken,
      // A lower bound is no total.
      total: totalType === 'greaterThanOrEqual' ? null : countOrNull(total),
    }),
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
