import { useEffect, useEffectEvent } from 'react'

/** Keys that work anywhere on the page, except where somebody types. */
export function useShortcuts(shortcuts: Readonly<Record<string, () => void>>): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    const { key, target, ctrlKey, metaKey, altKey } = event
    const shortcut = shortcuts[key]
    const isTyping = target instanceof Element && target.matches('[type=search]')
    if (shortcut === undefined || isTyping || ctrlKey || metaKey || altKey) return
    event.preventDefault()
    shortcut()
  })
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}
