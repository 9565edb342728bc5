import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const apart = 'keeps concurrent listings apart'
const resumes = 'continues from a cursor at every position, even in another process'
const again = 'lists the same once more'

findsFaults([
  [
    'shares its position between listings',
    () => {
      let last: string | null = null
      return {
        query: (request) => parts.query({ ...request, pageToken: request.pageToken === null ? null : last }),
        nextPageToken({ next }) {
          last = next
          return next
        },
      }
    },
    apart,
    /with two listings at the same time, it (loses|repeats)|page token/,
  ],
  [
    'keeps its tokens in the provider',
    () => {
      const places = new Map<string, string>()
      return {
        query: (request) =>
          parts.query({
            ...request,
            pageToken: request.pageToken && (places.get(request.pageToken) ?? null),
          }),
        nextPageToken({ next }) {
          const place = next && String(places.size)
          if (place && next) places.set(place, next)
          return place
        },
      }
    },
    resumes,
    /continued by a new provider after \d conversations, it (loses|repeats|throws)/,
  ],
  [
    'needs the page before',
    () => {
      const known = new Set<string | null>([null])
      return {
        query(request) {
          if (!known.has(request.pageToken)) throw new Error('the page before is missing')
          return parts.query(request)
        },
        nextPageToken({ next }) {
          known.add(next)
          return next
        },
      }
    },
    resumes,
    /continued by a new provider after 3 conversations, it throws/,
  ],
  [
    'yields a conversation once in its life',
    () => {
      const seen = new Set<string>()
      return {
        itemsOf(answer, request) {
          const fresh = parts.itemsOf(answer, request).filter(({ key }) => !seen.has(key))
          for (const { key } of fresh) seen.add(key)
          return fresh
        },
      }
    },
    again,
    /for the second time, it loses Conversation-01/,
  ],
  [
    'continues where the listing before has ended',
    () => {
      let last: string | null = null
      return {
        query(request) {
          const pageToken = request.pageToken ?? last
          return parts.query({ ...request, pageToken })
        },
        nextPageToken({ next }) {
          last = next ?? last
          return next
        },
      }
    },
    again,
    /for the second time, it loses Conversation-01/,
  ],
])
