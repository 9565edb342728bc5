import { hasOnly } from './platform.ts'

/**
 * Next wraps `fetch` in one that keeps responses: in Next 14 for ever unless told otherwise, and later by the `revalidate`
 * of the page, each request by itself, so that a listing mixes old pages and new ones. This returns the `fetch` inside.
 * (`cache: 'no-store'` keeps nothing either, but under `revalidate` it makes a page dynamic, or fail.) What replaces the
 * wrapper may have its properties, and others: it is used as it is.
 */
export function fetchWithoutCache<F extends object>(fetch: F & { readonly _nextOriginalFetch?: F }): F {
  const inside = fetch?._nextOriginalFetch
  return inside && hasOnly(fetch, /^(length|name|prototype|_+next\w+)$/) ? inside : fetch
}
