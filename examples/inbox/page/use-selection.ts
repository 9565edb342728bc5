import { useCallback, useEffect, useRef, useState } from 'react'
import type { InboxConversation } from '../shared/api.ts'

/**
 * The conversation whose details are shown. On a narrow screen they cover the list, so that they are a step in the
 * browser's history: its back button leads to the list. Nothing of it is in the URL.
 */
export function useSelection(isNarrow: boolean) {
  const [selected, setSelected] = useState<InboxConversation | null>(null)
  const opener = useRef<Element | null>(null)

  useEffect(() => {
    const onPopState = (): void => {
      setSelected(null)
      // The list is inert until it is shown again.
      requestAnimationFrame(() => opener.current instanceof HTMLElement && opener.current.focus())
    }
    window.addEventListener('popstate', onPopState)
    return () => window.removeEventListener('popstate', onPopState)
  }, [])

  // The same function each time: the rows need not be drawn again.
  const select = useCallback(
    (conversation: InboxConversation): void => {
      opener.current = document.activeElement
      if (isNarrow && !isStep()) window.history.pushState(STEP, '')
      setSelected(conversation)
    },
    [isNarrow],
  )
  const close = (): void => {
    if (isStep()) window.history.back()
    else setSelected(null)
  }
  return { selected, select, close }
}

const STEP = { showsDetails: true }

function isStep(): boolean {
  const state: unknown = window.history.state
  return typeof state === 'object' && state !== null && 'showsDetails' in state
}
