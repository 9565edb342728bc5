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
      requestAnimationFrame(() => focusOn(opener.current))
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
  return {
    selected,
    select,
    /** Goes back to where the conversation was selected. */
    close(): void {
      if (isStep()) {
        window.history.back()
      } else {
        setSelected(null)
        focusOn(opener.current)
      }
    },
    /** Shows no conversation any more, and leaves the focus where it is. */
    forget: () => setSelected(null),
  }
}

function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus()
}

const STEP = { showsDetails: true }

function isStep(): boolean {
  const state: unknown = window.history.state
  return typeof state === 'object' && state !== null && 'showsDetails' in state
}
