import { useSyncExternalStore } from 'react'
import * as z from 'zod/mini'
import type { Search, StatusFilter } from './search.ts'

/**
 * What the page shows. It lives in `history.state`, so that reload, Back and Forward lead to it, and each tab has its own.
 * It is not in the URL, which would put phone numbers into histories and logs.
 */
export interface View extends Search {
  /** The key of the conversation whose details are shown. */
  readonly selected: string | null
  /** Whether the details are a step of their own in the history: the one before it is the list. */
  readonly isStep: boolean
}

export const START: View = { addresses: [], status: 'all', selected: null, isStep: false }

const viewSchema = z.object({
  addresses: z.array(z.string()),
  status: z.custom<StatusFilter>((value) => typeof value === 'string'),
  selected: z.nullable(z.string()),
  isStep: z.boolean(),
})

let current = readView(window.history.state)
const listeners = new Set<() => void>()

window.addEventListener('popstate', ({ state }) => change(readView(state)))

export function useView(): View {
  return useSyncExternalStore(subscribe, () => current)
}

/** Shows something else, which Back leaves again. */
export function pushView(changes: Partial<View>): void {
  change({ ...current, ...changes })
  window.history.pushState(current, '')
}

/** Shows something else in the place of what is shown. */
export function replaceView(changes: Partial<View>): void {
  change({ ...current, ...changes })
  window.history.replaceState(current, '')
}

/** Another version of the page may have written it. */
function readView(state: unknown): View {
  const { data = START } = viewSchema.safeParse(state)
  return data
}

function change(view: View): void {
  current = view
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
