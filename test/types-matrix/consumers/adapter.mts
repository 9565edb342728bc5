import * as adapter from 'participant-conversations/adapter'

export function tokenOf(nextPageUrl: string, endpoint: string): string | null {
  const { query, error } = adapter.readNextPageUrl(nextPageUrl, {
    ...{ provider: 'example', property: 'next', parameter: 'after' },
    endpoints: [endpoint],
  })
  if (error !== undefined) throw error
  // @ts-expect-error Its type is known, and has no such method.
  query?.take('after')
  return query === null ? null : query.get('after')
}

export const source: adapter.CredentialsSource = async ({ requestJson, signal, call, refused }) => {
  // @ts-expect-error Its type is known, and has no such property.
  if (signal.aborted || signal.isAborted) throw signal.reason
  const url = 'https://api.example.com/token'
  const { body } = await requestJson({ url, headers: {}, secrets: [refused ?? ''], signal, call })
  return String(body)
}
export const authorization: adapter.Authorization = adapter.bearer(source)
