import type { Fault } from '../../src/testing/faults/fault.ts'
import { path, strangerOrigin, twilioOrigin } from './account.ts'
import { type Provider, serveEndlessBody, serveGzipBomb, serveWithFaults } from './servers.ts'
import type { Program } from './trial.ts'

/** One thing that goes wrong. Its name is the heading of a row in the report. */
export interface Case {
  readonly serve: (strangerUrl: string) => Promise<Provider>
  readonly program?: Program
  /** Replaces the defaults of both contestants, which would take too long. */
  readonly timeoutMs?: number
  readonly giveUpMs?: number
  readonly isInOwnProcess?: true
  readonly isAboutMemory?: true
}

/** After this many requests the server ends the listing. */
export const ENDLESS = 30

/** If a busy machine pauses for longer, a retry makes up for it. */
const TIMEOUT_MS = 800

/** One fault on the second page, after the first page has been delivered. */
const once = (fault: Fault): Case => ({
  serve: () => serveWithFaults((index) => (index === 1 ? fault : null)),
})
const fromThenOn = (fault: Fault): Case => ({
  serve: () => serveWithFaults((index) => (index > 0 ? fault : null)),
})

/** Replaces the origin and path of the first page's `next_page_url`. */
const nextPage = (url: string): Case => ({
  serve: () => {
    const fault: Fault = { kind: 'foreignUrl', change: ({ search }) => `${url}${search}` }
    return serveWithFaults((index) => (index === 0 ? fault : null))
  },
})

/** Starting with page `from`, each page has the token that was requested `back` requests ago. */
const roundAndRound = (from: number, back: number): Case => ({
  serve: () =>
    serveWithFaults((index) => {
      if (index >= ENDLESS - 1) return { kind: 'nextPage', value: null }
      return index >= from ? { kind: 'repeatedToken', back } : null
    }),
})

export const cases = {
  'nothing is wrong': { serve: () => serveWithFaults(() => null) },

  '`next_page_url` on another host': nextPage(`${strangerOrigin}${path}`),
  '`next_page_url` without a scheme (`//host/…`)': nextPage(`${strangerOrigin.replace('https:', '')}${path}`),
  "`next_page_url` with Twilio's host as the user name of another": nextPage(
    `${strangerOrigin.replace('//', '//conversations.twilio.com@')}${path}`,
  ),
  "`next_page_url` over plain `http`, on Twilio's host": nextPage(
    `${twilioOrigin.replace('https', 'http')}${path}`,
  ),
  "`next_page_url` on another port of Twilio's host": nextPage(`${twilioOrigin}:8443${path}`),
  "`next_page_url` with a user name, on Twilio's host": nextPage(
    `${twilioOrigin.replace('//', '//someone@')}${path}`,
  ),
  "`next_page_url` with a dot after Twilio's host": nextPage(`${twilioOrigin}.${path}`),
  "`next_page_url` with another path on Twilio's host": nextPage(`${twilioOrigin}/v1/Conversations`),
  'the same `next_page_url` forever': roundAndRound(1, 0),
  'two alternating `next_page_url`s forever': roundAndRound(2, 1),
  'a redirect to another host': {
    serve: (strangerUrl) => {
      const fault: Fault = { kind: 'redirect', status: 307, location: `${strangerUrl}${path}` }
      return serveWithFaults((index) => (index === 1 ? fault : null))
    },
  },

  'a 503, once': once({ kind: 'status', status: 503 }),
  'a 429, once': once({ kind: 'status', status: 429 }),
  'the connection is reset before the response, once': once({ kind: 'reset', afterBytes: null }),
  'the connection is reset within the body, once': once({ kind: 'reset', afterBytes: 100 }),
  'the connection is reset every time': fromThenOn({ kind: 'reset', afterBytes: null }),
  'a body that stops halfway, once': { ...once({ kind: 'stall', afterBytes: 100 }), timeoutMs: TIMEOUT_MS },
  'a body that never ends': { serve: serveEndlessBody, timeoutMs: TIMEOUT_MS, giveUpMs: 12_000 },

  'a response that is not JSON': once({ kind: 'body', body: '<h1>Hello</h1>', contentType: 'text/html' }),
  'a response with `null` in place of a conversation': once({ kind: 'wrongEntry', entry: null }),
  'gzip that expands to 1 GiB': { serve: serveGzipBomb, isInOwnProcess: true, isAboutMemory: true },

  "the caller's callback or loop throws": {
    serve: () => serveWithFaults(() => null),
    program: 'throwing callback',
  },
  "the caller's callback or loop is asynchronous and rejects": {
    serve: () => serveWithFaults(() => null),
    program: 'rejecting callback',
    isInOwnProcess: true,
  },
  'no credentials: a synchronous throw, in `list()` and `toArray()`': {
    serve: () => serveWithFaults(() => null),
    program: 'no credentials',
    giveUpMs: 1_000,
    isInOwnProcess: true,
  },
} satisfies Record<string, Case>

export type CaseName = keyof typeof cases
