import { ErrorBoundary } from 'react-error-boundary'
import type { InboxConversation } from '../shared/api.ts'
import { ConversationDetails, type ConversationDetailsProps } from './conversation-details.tsx'
import { Notice } from './notice.tsx'
import { keyOf } from './use-conversations.ts'

export interface DetailsPaneProps extends Omit<ConversationDetailsProps, 'conversation'> {
  conversation: InboxConversation | null
  /** Whether there are conversations to select. */
  canSelect: boolean
}

/** The details of what is selected, or how to select something. On a narrow screen the list is that. */
export function DetailsPane({ conversation, canSelect, ...props }: DetailsPaneProps) {
  if (conversation !== null) {
    return (
      <ErrorBoundary
        resetKeys={[keyOf(conversation)]}
        fallback={
          <aside className="details-pane is-empty" aria-label="Details">
            <Notice
              title="This conversation cannot be shown"
              action={{ label: 'Close', onClick: props.onClose }}
            >
              Something in it is not as expected.
            </Notice>
          </aside>
        }
      >
        <ConversationDetails conversation={conversation} {...props} />
      </ErrorBoundary>
    )
  }
  if (props.isNarrow) return null
  if (!canSelect) return <div className="details-pane" />
  return (
    <aside className="details-pane is-empty" aria-label="Details">
      <p>Select a conversation to see its details.</p>
      <ul className="keys">
        <li>
          <kbd>j</kbd> <kbd>k</kbd> next and previous
        </li>
        <li>
          <kbd>Enter</kbd> open
        </li>
        <li>
          <kbd>Esc</kbd> close
        </li>
        <li>
          <kbd>/</kbd> search
        </li>
      </ul>
    </aside>
  )
}
