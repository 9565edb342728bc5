import type { ListPageRequest } from '../../../src/index.ts'
import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const sizes = 'requests pageSize conversations per page'
const statuses = 'gives each conversation a status that its capabilities declare'
const filtered = 'lists the conversations of one status, and of several'
const filters = 'filters by status itself if its capabilities say so'

const withSize = (change: (size: number) => number) => ({
  query: (request: ListPageRequest) => parts.query({ ...request, pageSize: change(request.pageSize) }),
})

findsFaults([
  ['ignores the page size', withSize(() => 50), sizes, /its request is the same for the page sizes 1 and 50/],
  [
    'sends no page size',
    { query: (request) => parts.query(request).replace(/&size=\d+/, '') },
    sizes,
    /its request is the same for the page sizes 1 and 50/,
  ],
  [
    'requests one more',
    withSize((size) => size + 1),
    sizes,
    /for the page size 50 it sends 51 as its query parameter size: it must be from 1 to/,
  ],
  [
    'requests one less',
    withSize((size) => size - 1),
    sizes,
    /for the page size 1 it sends 0 as its query parameter size/,
  ],
  [
    'requests twice as many',
    withSize((size) => size * 2),
    sizes,
    /for the page size 50 it sends 100 as its query parameter size/,
  ],
  [
    'requests ten at most',
    withSize((size) => Math.min(size, 10)),
    sizes,
    /for the page size 17 it sends 10 as its query parameter size: send pageSize itself/,
  ],
  [
    'has a status that it does not declare',
    { normalize: (item) => ({ ...parts.normalize(item), status: 'deleted' }) },
    statuses,
    /the status of Conversation-01 is "deleted", which capabilities.statuses does not declare/,
  ],
  [
    'has a status that is not in the model',
    { normalize: (item) => ({ ...parts.normalize(item), status: 'snoozed' as never }) },
    statuses,
    /the status of Conversation-01 is "snoozed", which is not in the model/,
  ],
  [
    'ignores the status of a conversation',
    { normalize: (item) => ({ ...parts.normalize(item), status: 'active' }) },
    statuses,
    /the status of Conversation-02 is "active", but respond\(\) was told to send "closed"/,
  ],
  [
    'swaps two statuses',
    {
      normalize: (item) => ({
        ...parts.normalize(item),
        status: item.state === 'active' ? 'closed' : 'active',
      }),
    },
    filtered,
    /with the status active, it loses Conversation-01/,
  ],
  [
    'declares a filter that it does not use',
    { query: (request) => parts.query({ ...request, status: null }) },
    filters,
    /its request for the status "active" is the same as without a status/,
  ],
  [
    'filters by one status only',
    {
      query: (request) =>
        parts.query({ ...request, status: request.status === 'closed' ? null : request.status }),
    },
    filters,
    /its request for the status "closed" is the same as without a status/,
  ],
  [
    'filters by the same status for every status',
    { query: (request) => parts.query({ ...request, status: request.status && 'active' }) },
    filters,
    /its request is the same for every status/,
  ],
  [
    'lists closed conversations only if it is asked for them',
    {
      itemsOf: (answer, request) =>
        parts
          .itemsOf(answer, request)
          .filter(({ state }) => (request.status === null ? state === 'active' : true)),
    },
    'lists the conversations of every page, in order',
    /it loses Conversation-02/,
  ],
])
