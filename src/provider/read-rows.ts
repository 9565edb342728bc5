import { completeConversation, type DefinedConversation } from '../model/complete.ts'
import type { ParticipantForm } from '../model/participant.ts'
import { pathOf, validate } from '../options/standard-schema.ts'
import { SKIP_ADVICE } from './check-page.ts'
import { invalidResponse, REPORT, type ResponseOwner, type RowList } from './check-response.ts'
import { checkReturned } from './check-returned.ts'
import type { RequestContext, Rows } from './description.ts'
import { reader, segmentsOf } from './paths.ts'
import type { InvalidConversation } from './provider.ts'

/** The conversations of a page, and what is there in place of conversations. */
export interface ReadRows<C> {
  readonly items: readonly C[]
  readonly invalidConversations: readonly InvalidConversation[]
}

const ADVICE = `${REPORT} ${SKIP_ADVICE}`

/** Returns a function that maps the rows of a page to the model. */
export function createRowReader<N extends string, F extends ParticipantForm, Raw, Page, O extends object>(
  provider: N,
  { id = 'id', schema, normalize }: Rows<F, Raw, Page, O>,
  owner: ResponseOwner,
): (list: RowList, context: RequestContext<F, O>) => ReadRows<DefinedConversation<N, Raw>> {
  const readId: (raw: Raw) => unknown = typeof id === 'function' ? id : reader(id)
  const idPath = typeof id === 'function' ? [] : segmentsOf(id)

  return ({ path, rows }, context) => {
    const items: DefinedConversation<N, Raw>[] = []
    const invalidConversations: InvalidConversation[] = []
    rows.forEach((row, index) => {
      // Whatever a function reads of it, null has nothing.
      const raw = row as Raw
      const foundId = row == null ? null : idOf(readId(raw))
      const issue = schema && validate(schema, row).issues?.[0]
      if (foundId !== null && issue === undefined) {
        const input = normalize(raw, context)
        // An async function, or one without its `return`, is so for every row.
        if (items.length === 0) checkReturned('rows.normalize', input, provider)
        items.push(completeConversation(provider, foundId, raw, input))
        return
      }
      const where = [...path, index]
      const error = invalidResponse(owner, issue ? pathOf(issue) : idPath, row, issue, where, ADVICE)
      invalidConversations.push({ error, raw: row })
    })
    return { items, invalidConversations }
  }
}

/** A string that is not empty, or a whole number. A larger one has been rounded, so that several ids could be the same. */
function idOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return Number.isSafeInteger(value) ? String(value) : null
}
