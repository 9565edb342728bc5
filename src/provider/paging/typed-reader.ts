import { ResponseValidationError } from '../../model/errors.ts'
import { describeKind } from '../../options/describe-value.ts'
import { ignoreRejection } from '../../options/promise.ts'
import { REPORT, type ResponseOwner } from '../check-response.ts'
import { reader } from '../paths.ts'
import type { ReadablePage } from './pager.ts'
import type { Read } from './paging.ts'

/** Reads a value of one type by a path or a function. @throws ResponseValidationError for a value of another type */
export function typedReader<Page, T>(
  owner: ResponseOwner,
  read: Read<Page, unknown>,
  asType: (value: unknown) => T | null,
): (response: ReadablePage<Page>) => T | null {
  const readValue = valueReader(read)
  return (response) => {
    const value = readValue(response)
    if (value === null || value === undefined || value === '') return null
    const typed = asType(value)
    if (typed !== null) return typed
    ignoreRejection(value)
    throw notDocumented(owner, read, `is ${describeKind(value)}`)
  }
}

/** Reads a value by a path or a function. */
export function valueReader<Page>(read: Read<Page, unknown>): (response: ReadablePage<Page>) => unknown {
  if (typeof read === 'function') return ({ page, info }) => read(page, info)
  const readPath = reader(read)
  return ({ page }) => readPath(page)
}

export function asText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function asToken(value: unknown): string | null {
  return typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : null
}

export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && !Number.isNaN(value) ? value : null
}

export function asBoolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

/** The error for a value that is not as documented. It is not shown, since it may be personal data. */
export function notDocumented(
  { name, title }: ResponseOwner,
  read: unknown,
  problem: string,
): ResponseValidationError {
  const what = typeof read === 'string' ? read : 'what the next page is read from'
  return new ResponseValidationError(`${title}'s response is not as documented: ${what} ${problem}.`, {
    provider: name,
    advice: REPORT,
  })
}
