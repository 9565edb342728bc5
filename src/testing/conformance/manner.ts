import { optionsError } from '../../options/parse-options.ts'
import { valueAt } from '../../options/standard-schema.ts'
import { type DescribedPages, describedPagesOf } from '../../provider/described-pages.ts'
import type { Place } from '../../provider/paging/paging.ts'
import { segmentsOf } from '../../provider/paths.ts'
import { quote } from './assert.ts'
import { type AnyTestOptions, source } from './options.ts'
import { RequestProblem } from './problems.ts'
import { calling, unusedProvider } from './setup.ts'

/** How the provider that the suite plays pages. */
export type Manner = TokenManner | SliceManner | OnePageManner

/** Each page has a token. */
export interface TokenManner {
  readonly by: 'token'
  /** Whether the provider decides about the size of a page. */
  readonly isFixed: boolean
  /** The token of a request; null if it has none. */
  readToken(request: Request): Promise<string | null>
}

/** A page is a part of one long list, which a number or an offset leads to. */
export interface SliceManner {
  readonly by: 'slice'
  /** How many conversations a page has in the suite. */
  readonly size: number
  /** Whether the provider decides about the size. */
  readonly isFixed: boolean
  /** Which part of the list a request asks for. */
  readSlice(request: Request): Promise<{ readonly start: number; readonly end: number }>
}

/** One response has everything. */
export interface OnePageManner {
  readonly by: 'none'
}

const NO_READER = {
  option: 'readPageToken',
  message:
    'readPageToken is missing: an adapter that is written by hand does not say where its page token is',
}

/** The size of most pages in the suite. */
const PAGE_SIZE = 3

/** What the description of an adapter says; of one that is written by hand, what the options of the suite say. */
export function mannerOf(options: AnyTestOptions): Manner {
  const described = describedPagesOf(unusedProvider(options))
  if (described?.by === 'none') return { by: 'none' }
  if (described?.by === 'number' || described?.by === 'offset') return sliceManner(described)
  const { readPageToken = described && readerAt(described.place), hasFixedPageSize = false } = options
  if (readPageToken === null) throw optionsError(source, [NO_READER])
  return {
    by: 'token',
    isFixed: described === null ? hasFixedPageSize : described.pageSize?.max === undefined,
    async readToken(request) {
      const token: unknown = await calling('readPageToken', () => readPageToken(request.clone()))
      // In a body of JSON, it may be a number.
      return token === null || token === undefined || token === '' ? null : String(token)
    },
  }
}

function sliceManner({ by, place, first, pageSize }: DescribedPages): SliceManner {
  const isFixed = pageSize === undefined || pageSize.fixed !== undefined
  const size = pageSize?.fixed ?? PAGE_SIZE
  const read = async (where: Place, request: Request, missing: number): Promise<number> => {
    const text = await readerAt(where)(request.clone())
    if (text === null) return missing
    if (/^\d+$/.test(text)) return Number(text)
    throw new RequestProblem(
      `a request has ${quote(text)} as its ${where.query ?? where.body}: it must be a number`,
    )
  }
  return {
    by: 'slice',
    size,
    isFixed,
    async readSlice(request) {
      const length = isFixed || pageSize === undefined ? size : await read(pageSize, request, size)
      const position = await read(place, request, by === 'number' ? first : 0)
      const start = by === 'number' ? (position - first) * length : position
      return { start, end: start + length }
    },
  }
}

/** Reads a query parameter, or a value in a body of JSON. */
function readerAt({ query, body }: Place): (request: Request) => Promise<string | null> {
  return async (request) => {
    if (query !== undefined) return new URL(request.url).searchParams.get(query)
    const text = await request.text()
    const value = text === '' ? null : valueAt(JSON.parse(text), segmentsOf(body ?? ''))
    return value === null || value === undefined ? null : String(value)
  }
}
