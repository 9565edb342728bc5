import { useEffect, useState } from 'react'

/** A text that a click copies. What came of it is shown, and read out, for two seconds. */
export function CopyButton({ text, isCode = false }: { text: string; isCode?: boolean }) {
  const [feedback, setFeedback] = useState('')
  useEffect(() => {
    if (feedback === '') return
    const timer = setTimeout(() => setFeedback(''), 2_000)
    return () => clearTimeout(timer)
  }, [feedback])

  async function copy(): Promise<void> {
    // A second click is read out again, and shown for two seconds of its own.
    setFeedback('')
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    setFeedback(isCopied ? 'Copied' : 'Could not copy')
  }
  return (
    <span className="copy">
      <button type="button" aria-label={`Copy ${text}`} onClick={() => void copy()}>
        {isCode ? <code>{text}</code> : <bdi>{text}</bdi>}
      </button>
      <span className="feedback" aria-live="polite">
        {feedback}
      </span>
    </span>
  )
}
