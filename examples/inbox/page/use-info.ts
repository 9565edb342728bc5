import { useQuery } from '@tanstack/react-query'
import type { InboxInfo } from '../shared/api.ts'
import { fetchInfo } from './api-client.ts'

const NOTHING_YET: InboxInfo = {
  providers: [],
  statuses: [],
  customers: null,
  channelNames: {},
  consoleUrls: {},
}

/** What there is to choose from. A page that is open before the server gets it later. */
export function useInfo(): { info: InboxInfo; infoError: Error | null } {
  const { data, error } = useQuery({
    queryKey: ['inbox'],
    queryFn: ({ signal }) => fetchInfo(signal),
    refetchInterval: ({ state }) => (state.data ? false : 5_000),
  })
  return { info: data ?? NOTHING_YET, infoError: error }
}
