/** Lists everything. */
export type List = (baseUrl: string) => Promise<Listed>

export interface Listed {
  readonly count: number
  /** What was read, so that reading it is not optimized away. */
  readonly sum: number
}

/** Requests a URL and returns the text of the response. */
export type Get = (url: string, headers: Record<string, string>) => Promise<string>
