import { useSyncExternalStore } from 'react'

/** The same width as in base.css and details.css. */
const narrow = window.matchMedia('(width < 56rem)')

/** Whether there is room for one column only. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches)
}

function subscribe(onChange: () => void): () => void {
  narrow.addEventListener('change', onChange)
  return () => narrow.removeEventListener('change', onChange)
}
