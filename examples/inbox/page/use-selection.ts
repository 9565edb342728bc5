import { useCallback, useEffect, useRef } from 'react'
import type { InboxConversation } from '../shared/api.ts'
import { rowOf } from './rows.ts'
import { keyOf } from './use-conversations.ts'
import { pushView, replaceView, type View } from './view.ts'

/**
 * The conversation whose details are shown. On a narrow screen they cover the list, so that they are a step in the
 * browser's history: its back button leads to the list.
 */
export function useSelection(
  { selected: key, isStep }: View,
  conversations: readonly InboxConversation[],
  isNarrow: boolean,
) {
  const selected = conversations.find((conversation) => keyOf(conversation) === key) ?? null
  const covered = useRef<string | null>(null)
  const isGoingBack = useRef(false)

  // What covered the list is gone: the focus returns to its row, whichever way it was closed.
  useEffect(() => {
    if (selected === null && covered.current !== null) rowOf(covered.current)?.focus()
    covered.current = isNarrow && selected ? keyOf(selected) : null
  }, [selected, isNarrow])

  // The same function each time: the rows need not be drawn again.
  const select = useCallback(
    (conversation: InboxConversation): void => {
      const selected = keyOf(conversation)
      if (isNarrow && !isStep) pushView({ selected, isStep: true })
      else replaceView({ selected })
    },
    [isNarrow, isStep],
  )

  /** The browser goes back a moment later. Until then, closing again would go back twice. */
  function goBack(): void {
    if (isGoingBack.current) return
    isGoingBack.current = true
    window.addEventListener(
      'popstate',
      () => {
        isGoingBack.current = false
      },
      { once: true },
    )
    window.history.back()
  }

  function close(): void {
    if (isStep) {
      goBack()
    } else {
      replaceView({ selected: null })
      if (key !== null) rowOf(key)?.focus()
    }
  }
  return { selected, select, close }
}
