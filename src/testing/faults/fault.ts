/**
 * One way for a request to go wrong. Some are harmless to a good client, some make it retry, and some it can only
 * report.
 */
export type Fault = WireFault | PageFault

/** What happens to a response in transit: statuses, connections, bodies. */
export type WireFault =
  /** An error status with the provider's documented body. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'redirect'; readonly status: 301 | 302 | 303 | 307 | 308; readonly location: string }
  /** The connection is closed, and for this long nobody can connect. */
  | { readonly kind: 'refuse'; readonly forMs: number }
  /** The connection is reset after this many bytes of the body; null means before the headers. */
  | { readonly kind: 'reset'; readonly afterBytes: number | null }
  /** Nothing more arrives after this many bytes of the body; null means before the headers. */
  | { readonly kind: 'stall'; readonly afterBytes: number | null }
  /** The body arrives in this many pieces, with a delay between them. */
  | { readonly kind: 'drip'; readonly pieces: number; readonly delayMs: number }
  /** The connection ends properly after a part of the body, whose length was not announced. */
  | { readonly kind: 'cutJson' }
  /** Another body, with status 200. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType: string }
  /** The body in an encoding that is not UTF-8. */
  | { readonly kind: 'charset'; readonly charset: 'utf-16le' | 'latin1' }
  | { readonly kind: 'contentType'; readonly contentType: string }
  /** A compressed body that ends too early. */
  | { readonly kind: 'cutGzip' }
  /** A compressed body with this many bytes of whitespace before the JSON. */
  | { readonly kind: 'gzipBomb'; readonly bytes: number }
  /** Several 103 responses before the real one. */
  | { readonly kind: 'earlyHints'; readonly count: number }
  | { readonly kind: 'largeHeader'; readonly bytes: number }

/** What happens to a page before it is sent: its conversations, its size, its token. */
export type PageFault =
  /** No conversations, and a token for the same place. */
  | { readonly kind: 'emptyPage' }
  /** Fewer conversations than requested. */
  | { readonly kind: 'smallPage'; readonly size: number }
  /** Two pages in one. */
  | { readonly kind: 'largePage' }
  /** The token of a page of this listing that has been requested; 0 is the current page, 1 the one before. */
  | { readonly kind: 'repeatedToken'; readonly back: number }
  /** A token with awkward characters. */
  | { readonly kind: 'awkwardToken'; readonly token: string }
  /** Something else in place of the next page's token, or on Twilio of its URL. */
  | { readonly kind: 'nextPage'; readonly value: unknown }
  /** Twilio's URL of the next page, changed. On Bird nothing happens. */
  | { readonly kind: 'foreignUrl'; readonly change: (url: URL) => string }
  /** One entry that is not a conversation. */
  | { readonly kind: 'wrongEntry'; readonly entry: unknown }
  /** No list, or something else in its place. */
  | { readonly kind: 'wrongList'; readonly list: unknown }
  /** Conversations with no more than their id and status. */
  | { readonly kind: 'missingFields' }
  /** Conversations with more than is documented. */
  | { readonly kind: 'extraFields' }
  /** The list twice in the text: JSON takes the last one. */
  | { readonly kind: 'duplicateFields' }

/** Returns what happens to a request, by its number from 0; null lets it pass. */
export type FaultSchedule = (index: number) => Fault | null

/** A fixed schedule: one entry for each request, null for no fault, and no faults after its end. */
export function scheduleOf(faults: readonly (Fault | null)[]): FaultSchedule {
  return (index) => faults[index] ?? null
}

const PAGE_FAULTS: ReadonlySet<string> = new Set<PageFault['kind']>([
  'emptyPage',
  'smallPage',
  'largePage',
  'repeatedToken',
  'awkwardToken',
  'nextPage',
  'foreignUrl',
  'wrongEntry',
  'wrongList',
  'missingFields',
  'extraFields',
  'duplicateFields',
])

export function isPageFault(fault: Fault): fault is PageFault {
  return PAGE_FAULTS.has(fault.kind)
}
