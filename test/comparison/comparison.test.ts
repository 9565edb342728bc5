import { beforeAll, describe, expect, it } from 'vitest'
import { COUNT } from './account.ts'
import { type CaseName, cases } from './cases.ts'
import { compare, type Outcome, type Row } from './hostile.ts'

/** `test/http/bomb.test.ts` tests it. The official package needs two gigabytes and many seconds for it. */
type Untested = 'gzip that expands to 1 GiB'

/** How each case ends with this library. */
const expected: Readonly<Record<Exclude<CaseName, Untested>, 'all' | string>> = {
  'nothing is wrong': 'all',
  '`next_page_url` on another host': 'PaginationError',
  '`next_page_url` without a scheme (`//host/…`)': 'PaginationError',
  "`next_page_url` with Twilio's host as the user name of another": 'PaginationError',
  "`next_page_url` over plain `http`, on Twilio's host": 'PaginationError',
  "`next_page_url` on another port of Twilio's host": 'PaginationError',
  "`next_page_url` with a user name, on Twilio's host": 'PaginationError',
  "`next_page_url` with a dot after Twilio's host": 'PaginationError',
  "`next_page_url` with another path on Twilio's host": 'PaginationError',
  'the same `next_page_url` forever': 'PaginationError',
  'two alternating `next_page_url`s forever': 'PaginationError',
  'a redirect to another host': 'ApiError',
  'a 503, once': 'all',
  'a 429, once': 'all',
  'the connection is reset before the response, once': 'all',
  'the connection is reset within the body, once': 'all',
  'the connection is reset every time': 'ConnectionError',
  'a body that stops halfway, once': 'all',
  'a body that never ends': 'TimeoutError',
  'a response that is not JSON': 'ResponseValidationError',
  'a response with `null` in place of a conversation': 'ResponseValidationError',
  "the caller's callback or loop throws": 'Error',
  "the caller's callback or loop is asynchronous and rejects": 'Error',
  'no credentials: a synchronous throw, in `list()` and `toArray()`': 'ConfigurationError',
}

/** Errors without a cursor: the listing has not begun, or the caller's own code threw. */
const WITHOUT_CURSOR = new Set(['Error', 'ConfigurationError'])

describe('on hostile servers, compared with the official package,', () => {
  let rows: ReadonlyMap<string, Row>

  beforeAll(async () => {
    const all = await compare((hostile) => !hostile.isAboutMemory)
    rows = new Map(all.map((row) => [row.name, row]))
  })

  const outcomesOf = (name: string): Row['outcomes'] => {
    const row = rows.get(name)
    if (row === undefined) throw new Error(`There is no row for ${name}`)
    return row.outcomes
  }

  it('every case is covered', () => {
    const names = Object.entries(cases).flatMap(([name, hostile]) => ('isAboutMemory' in hostile ? [] : name))
    expect(Object.keys(expected)).toEqual(names)
    expect([...rows.keys()]).toEqual(names)
  })

  for (const [name, end] of Object.entries(expected)) {
    it(`${name}: ${end === 'all' ? 'this library delivers everything' : `this library ends with ${end}`}`, () => {
      const outcome = outcomesOf(name)['participant-conversations']
      expectSafe(outcome)
      if (end === 'all') {
        expect(outcome).toMatchObject({ delivered: COUNT, end: { kind: 'finished' } })
      } else {
        const hasCursor = !WITHOUT_CURSOR.has(end)
        expect(outcome.end).toMatchObject({ kind: 'threw', errorClass: end, hasCursor })
      }
    })

    // The outcome of the official package is not pinned: it may change with its next release.
    it(`${name}: the official package has an outcome too`, () => {
      expect(['finished', 'threw', 'pending']).toContain(outcomesOf(name).twilio.end.kind)
    })
  }
})

/** Checks that nothing was sent to a third party, shows the credential, stays unhandled or runs forever. */
function expectSafe({ strangerGot, deliveredByStranger, end, isEndless, unhandled }: Outcome): void {
  expect({ strangerGot, deliveredByStranger, isEndless, unhandled }).toEqual({
    strangerGot: [],
    deliveredByStranger: 0,
    isEndless: false,
    unhandled: [],
  })
  if (end.kind === 'threw') expect(end.credentialShownBy).toBeNull()
}
