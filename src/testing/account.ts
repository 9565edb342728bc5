/** An account that a stand-in plays with one of the providers. */
export interface StandInAccount {
  /** Unique among the accounts of both providers. */
  readonly id: string
  /** Everything that its requests authenticate with; see `credentials.ts`. */
  readonly credentials: ReadonlySet<string>
  /** Responds to a request; `url` is the request's, already parsed. A page is sent through `sendPage`, which may send something else. */
  answer(request: Request, url: URL, sendPage: SendPage): Response | Promise<Response>
  /** Forgets the pages that were requested, so that they are counted anew. */
  forgetPages(): void
}

/** Sends a page of a listing; the first page is 1. */
export type SendPage = (page: number, answer: Response) => Response | Promise<Response>
