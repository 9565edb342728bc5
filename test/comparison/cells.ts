import { COUNT } from './account.ts'
import { ENDLESS } from './cases.ts'
import type { Outcome } from './hostile.ts'

/** Long enough to recognize a message. */
const HEAD_LENGTH = 80

/** Describes an outcome in a few words of Markdown. */
export function cellOf(outcome: Outcome): string {
  const { delivered, deliveredByStranger, requests, strangerGot, grownMebibytes } = outcome
  const of = outcome.isEndless ? ' and on' : ` of ${COUNT}`
  const parts = [
    `${delivered}${of}${deliveredByStranger > 0 ? `, ${deliveredByStranger} of them the stranger's` : ''}`,
    outcome.isEndless ? null : counted(requests, 'request'),
    ...[...new Set(strangerGot)].map((what) => `the stranger got a request with ${what}`),
    grownMebibytes === null ? null : `${grownMebibytes} MiB more memory`,
    endOf(outcome),
  ]
  return parts.filter((part) => part !== null).join('; ')
}

function endOf({ end, isEndless, unhandled }: Outcome): string {
  const rejections =
    unhandled.length === 0 ? '' : `; ${counted(unhandled.length, 'unhandled rejection')} (${unhandled[0]})`
  if (isEndless) return `**goes on without end** (stopped after ${ENDLESS} requests)`
  if (end.kind === 'finished') return `finished${rejections}`
  if (end.kind === 'pending') return `**still pending** after ${end.afterMs / 1000} s${rejections}`
  const shown =
    end.credentialShownBy === null ? '' : `; **\`${end.credentialShownBy}\` shows the credential**`
  const cursor = end.hasCursor ? ' with a cursor' : ''
  return `\`${end.errorClass}\`${cursor}: ${headOf(end.message)}${shown}${rejections}`
}

/** Returns the beginning of a text, truncated between words, without URLs and escaped for a table. */
function headOf(message: string): string {
  const text = message
    .replace(/https?:\/\/\S*[^\s.,:;]/g, '[URL]')
    .replace(/\s+/g, ' ')
    .replace(/([|<>*`])/g, '\\$1')
  return text.length <= HEAD_LENGTH ? text : `${text.slice(0, HEAD_LENGTH).replace(/ \S*$/, '')}…`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
