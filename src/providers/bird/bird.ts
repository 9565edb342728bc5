import { createJsonClient } from '../../http/client.ts'
import type { HttpProfile } from '../../http/profile.ts'
import { HIDDEN, pathSegment, queryString } from '../../http/url.ts'
import type { ConversationProvider } from '../../provider.ts'
import { checkEntries, checkRecord, checkText, count, record, text } from '../../wire.ts'
import { BIRD_STATUSES, type BirdConversation, normalise } from './normalise.ts'
import { type BirdOptions, birdSettings } from './options.ts'
import { type BirdParticipantRef, participantLookup } from './participant.ts'
import type { BirdConversationResource } from './wire.ts'

/**
 * Bird Conversations (api.bird.com). Looks up a participant by `id`, by phone number or e-mail `address`, or by
 * identifier, in one channel. Bird documents no order.
 *
 * @throws ConfigurationError for a wrong option, and for credentials that are neither given nor in the environment
 * @see https://docs.bird.com/api/conversations-api
 * @example
 * const provider = bird({ accessKey: '…', workspaceId: '…', channelId: '…' })
 */
export function bird(options: BirdOptions = {}): ConversationProvider<BirdConversation, BirdParticipantRef> {
  const { accessKey, workspaceId, channelId: defaultChannelId, baseUrl, http } = birdSettings(options)
  const requestJson = createJsonClient(http, PROFILE)
  const headers = { authorization: `AccessKey ${accessKey}` }
  const endpoint = `${baseUrl}/workspaces/${pathSegment(workspaceId)}/participants`

  return {
    name: 'bird',
    scope: `${workspaceId}/${defaultChannelId}`,
    capabilities: { maxPageSize: 100, statusFilter: 'one', statuses: BIRD_STATUSES },
    participantKey: (participant) => participantLookup(participant).path.join('/'),

    async listPage({ participant, pageSize, pageToken, status, signal, providerOptions }) {
      const { path, matches } = participantLookup(participant)
      const { channelId = defaultChannelId, reverse } = providerOptions.bird ?? {}
      const query = { channelId, status, limit: pageSize, reverse }
      const who = path.map(pathSegment)
      const { body, requestId } = await requestJson({
        url: `${endpoint}/${who.join('/')}/conversations${queryString({ ...query, pageToken })}`,
        redactedUrl: () =>
          `${endpoint}/${[...who.slice(0, -1), HIDDEN].join('/')}/conversations${queryString({ ...query, pageToken: pageToken && HIDDEN })}`,
        headers,
        secrets: [accessKey],
        signal,
      })
      const page = checkRecord(body, 'the body', PROFILE)
      const conversations = checkEntries<BirdConversationResource>(page.results, 'results', 'id', PROFILE)
      return {
        items: conversations.map((raw) => normalise(raw, matches)),
        nextPageToken: checkText(page.nextPageToken, 'nextPageToken', PROFILE),
        requestId,
        // A lower bound is no total.
        total: page.totalType === 'greaterThanOrEqual' ? null : count(page.total),
      }
    },
  }
}

const PROFILE: HttpProfile = {
  provider: 'bird',
  title: 'Bird',
  requestIdHeaders: ['x-request-id', 'request-id', 'x-amzn-requestid'],
  readErrorBody(body) {
    const { code, message, details } = record(body) ?? {}
    return { code: text(code), message: text(message), details: details ?? null }
  },
  advice: new Map([
    [
      401,
      'Check accessKey: api.bird.com takes no keys of the older MessageBird API or the newer platform API.',
    ],
    [404, 'Check workspaceId, channelId and the participant.'],
    [422, 'Check channelId, the participant and the cursor.'],
  ]),
}
