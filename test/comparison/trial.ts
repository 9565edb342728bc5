import { peakMemory } from '../support/peak-memory.ts'
import { waysToShowCredential } from './account.ts'
import type { Contestant } from './contestants.ts'
import type { Setting } from './setting.ts'

/** What the caller does, besides listing. */
export type Program = 'list' | 'throwing callback' | 'rejecting callback' | 'no credentials'

export type End =
  | { readonly kind: 'finished' }
  | {
      readonly kind: 'threw'
      readonly errorClass: string
      readonly message: string
      /** Whether the error says where to continue. */
      readonly hasCursor: boolean
      readonly credentialShownBy: string | null
    }
  | { readonly kind: 'pending'; readonly afterMs: number }

/** What the caller of a contestant sees. */
export interface Trial {
  readonly delivered: readonly string[]
  readonly end: End
  /** By how much the peak memory has grown since the first conversation. Meaningful only in its own process. */
  readonly grownMebibytes: number
}

/** The number of the conversation at which a failing program fails. */
const FAILS_AT = 3

export async function runTrial(
  { list, listWithoutCredentials }: Contestant,
  program: Program,
  setting: Setting,
  giveUpMs: number,
): Promise<Trial> {
  const delivered: string[] = []
  let before = peakMemory()
  const handle = (sid: string): unknown => {
    const fails = delivered.length === FAILS_AT - 1
    if (fails && program === 'throwing callback') throw callersError()
    if (fails && program === 'rejecting callback') return Promise.reject(callersError())
    delivered.push(sid)
    // Everything needed is loaded by now.
    if (delivered.length === 1) before = peakMemory()
    return undefined
  }
  const listing = program === 'no credentials' ? listWithoutCredentials(setting) : list(setting, handle)
  const end = await endOf(listing, giveUpMs)
  const grownMebibytes = Math.round((peakMemory() - before) / 2 ** 20)
  // An abandoned contestant may still deliver.
  return { delivered: [...delivered], end, grownMebibytes }
}

async function endOf(listing: Promise<unknown>, giveUpMs: number): Promise<End> {
  let timer: NodeJS.Timeout | undefined
  const givenUp = new Promise<End>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'pending', afterMs: giveUpMs }), giveUpMs)
  })
  const ended = listing.then((): End => ({ kind: 'finished' }), describeError)
  return Promise.race([ended, givenUp]).finally(() => clearTimeout(timer))
}

function callersError(): Error {
  return new Error("the caller's own error")
}

function describeError(error: unknown): End {
  const isError = error instanceof Error
  return {
    kind: 'threw',
    errorClass: isError ? error.constructor.name : typeof error,
    message: isError ? error.message : String(error),
    hasCursor: isError && 'cursor' in error && typeof error.cursor === 'string',
    credentialShownBy: waysToShowCredential(error),
  }
}
