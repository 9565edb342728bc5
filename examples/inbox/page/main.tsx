import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { App } from './app.tsx'
import { Notice } from './notice.tsx'
import { replaceView, START } from './view.ts'
import './styles/base.css'
import './styles/top-bar.css'
import './styles/controls.css'
import './styles/badges.css'
import './styles/list.css'
import './styles/states.css'
import './styles/details.css'

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A browser that takes itself for offline would wait without a word. So it tries, and the page says what went wrong.
      networkMode: 'always',
      // The server has tried again already. The page says what is missing, and offers the next attempt.
      retry: false,
      // A refetch would list everything again, one request for each page.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: Number.POSITIVE_INFINITY,
    },
  },
})

/** In place of a blank page. */
function Broken({ resetErrorBoundary }: FallbackProps) {
  const startAgain = (): void => {
    queryClient.clear()
    replaceView(START)
    resetErrorBoundary()
  }
  return (
    <main>
      <Notice
        title="The inbox cannot show this"
        isAlert
        action={{ label: 'Start again', onClick: startAgain }}
      >
        Something that was received is not as expected.
      </Notice>
    </main>
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id "root"')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ErrorBoundary FallbackComponent={Broken}>
        <App />
      </ErrorBoundary>
    </QueryClientProvider>
  </StrictMode>,
)
