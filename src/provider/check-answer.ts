import { ResponseValidationError } from '../model/errors.ts'
import { describeKind } from '../options/describe-value.ts'
import { type InputOf, pathOf, type Schema, type SchemaIssue, valueAt } from '../options/standard-schema.ts'
import type { InvalidConversation } from './provider.ts'
import { validateRows } from './valid-rows.ts'

/** What a response contains, apart from the conversations that are invalid. */
export interface CheckedAnswer<Input> {
  readonly answer: Input
  readonly invalidConversations: readonly InvalidConversation[]
}

/**
 * Checks a response. Errors name the invalid place and the kind of value there, but not the value, which may be personal
 * data.
 *
 * @throws ResponseValidationError if more than conversations is invalid
 */
export function checkAnswer<S extends Schema>(
  schema: S,
  body: unknown,
  provider: string,
  title: string,
): CheckedAnswer<InputOf<S>> {
  const errorFor = (issue: SchemaIssue): ResponseValidationError => {
    const path = pathOf(issue)
    const problem = issue.message.startsWith('is ')
      ? issue.message
      : `is ${describeKind(valueAt(body, path))}`
    return new ResponseValidationError(
      `${title}'s response is not as documented: ${path.map(shownKey).join('.') || 'the body'} ${problem}. Check baseUrl; if it is correct, report this to the provider.`,
      { provider },
    )
  }
  const { issue, value, invalid = [] } = validateRows(schema, body)
  if (issue !== undefined) throw errorFor(issue)
  return {
    // It has passed the schema.
    answer: value as InputOf<S>,
    invalidConversations: invalid.map(({ issue, raw }) => ({ error: errorFor(issue), raw })),
  }
}

/** A name from a response may be anything, such as personal data, so that only what looks like one is shown. */
function shownKey(key: PropertyKey): string {
  return typeof key === 'number' || /^[@$]?[a-z_][\w.-]{0,40}$/i.test(String(key)) ? String(key) : '***'
}
