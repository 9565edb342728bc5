import {
  apiKey,
  type ConversationProvider,
  countOrNull,
  defineProvider,
  recordOrNull,
  textOrNull,
} from '../../adapter.ts'
import { businessAddressesOf, idsOf } from './channels.ts'
import { BIRD_STATUSES, type BirdConversation, normalize } from './normalize.ts'
import { type BirdListOptions, type BirdOptions, birdListOptions, parseBirdOptions } from './options.ts'
import { type BirdForm, segmentsFor } from './participant.ts'
import type { BirdConversationResource, BirdPage } from './wire.ts'

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
    baseUrl: 'https://api.bird.com',
    http,
    authorization: apiKey(accessKey, { header: 'authorization', scheme: 'AccessKey' }),
    participants: {
      phone: { shared: ['sms', 'whatsapp', 'rcs', 'viber'] },
      id: true,
      identifier: true,
      address: ['phone', 'email', 'whatsappUserId'],
    },
    // A phone number is an identifier too.
    lookupKey: (lookup) => segmentsFor(lookup).join(),
    // Bird documents no 404, but an unknown contact may well give one.
    notFound: 'empty',
    statuses: { all: BIRD_STATUSES, filter: 'one' },
    listOptions: birdListOptions(idsOf(channelId)),
    // Bird lists one channel at a time.
    lists: (options) => [options.channelId ?? idsOf(channelId)].flat(),
    request: ({ lookup, list, status, options }) => ({
      path: ['workspaces', workspaceId, 'participants', ...segmentsFor(lookup), 'conversations'],
      query: { channelId: list, status, reverse: options.reverse || null },
    }),
    pageSize: { query: 'limit', max: 100 },
    paging: { by: 'token', query: 'pageToken', next: 'nextPageToken' },
    rows: {
      in: 'results',
      normalize: (raw: BirdConversationResource, { lookup, list }) =>
        normalize(raw, lookup, businessAddressOf(textOrNull(raw.channelId) ?? list)),
    },
    // A lower bound is no total.
    total: ({ total, totalType }: BirdPage) =>
      totalType === 'greaterThanOrEqual' ? null : countOrNull(total),
    // Its properties are called the same.
    readError: (body) => recordOrNull(body) ?? {},
    advice: {
      401: 'Check accessKey: api.bird.com accepts no keys of the older MessageBird API or the newer platform API.',
      404: 'Check workspaceId, channelId and the participant.',
      422: 'Check channelId, the participant and the cursor.',
    },
    requestIdHeaders: ['x-request-id', 'request-id', 'x-amzn-requestid'],
  })
}
