import { createRandom, type Random } from '../random.ts'
import type { Fault, FaultSchedule } from './fault.ts'

export interface RandomScheduleOptions {
  /** The same seed gives the same faults. */
  seed: string
  /** How many of the requests go wrong, from 0 to 1. */
  rate: number
  /** Only requests with a lower number go wrong. Default: no limit. */
  untilRequest?: number
  /** The origin that redirects and foreign URLs lead to. */
  stranger: string
  /** How many bytes a compressed body may expand to; the client's `maxResponseBytes` should be smaller. */
  bombBytes?: number
}

/** Creates a schedule of random faults of every kind. */
export function randomSchedule(options: RandomScheduleOptions): FaultSchedule {
  const { seed, rate, untilRequest = Number.POSITIVE_INFINITY } = options
  return (index) => {
    // Each request has its own random numbers, so its fault does not depend on those before it.
    const random = createRandom(`${seed}#${index}`)
    return index < untilRequest && random.chance(rate) ? randomFault(random, options) : null
  }
}

/** Without 404, by which a provider says that it does not know the participant. */
const STATUSES = [400, 401, 403, 408, 409, 410, 418, 422, 429, 429, 500, 500, 502, 503, 503, 504] as const
const RETRY_AFTERS = ['0', '0', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', '-1', '86400'] as const
const ENTRIES = [
  null,
  'CH1',
  7,
  [],
  {},
  { id: null, conversation_sid: null },
  { id: 0.5, conversation_sid: 0.5 },
] as const

/** One function for each kind of fault. */
const MAKERS: readonly [Maker, ...Maker[]] = [
  (random) => ({ kind: 'status', status: random.pick(STATUSES), ...maybeRetryAfter(random) }),
  (random, { stranger }) => ({
    kind: 'redirect',
    status: random.pick([301, 302, 303, 307, 308]),
    location: `${stranger}/elsewhere`,
  }),
  (random) => ({ kind: 'refuse', forMs: random.integer(1, 10) }),
  (random) => ({ kind: 'reset', afterBytes: random.chance(0.3) ? null : random.integer(0, 4000) }),
  (random) => ({ kind: 'stall', afterBytes: random.chance(0.3) ? null : random.integer(0, 4000) }),
  (random) => ({ kind: 'drip', pieces: random.integer(2, 8), delayMs: random.integer(0, 2) }),
  () => ({ kind: 'cutJson' }),
  (random) => ({
    kind: 'body',
    body: random.pick([
      '',
      '<!doctype html><title>Sign in</title>',
      '[]',
      'null',
      '7',
      '{}',
      '{"results":',
      '﻿',
    ]),
    contentType: random.pick(['text/html', 'application/json', 'text/plain']),
  }),
  (random) => ({ kind: 'charset', charset: random.pick(['utf-16le', 'latin1']) }),
  () => ({ kind: 'contentType', contentType: 'text/html; charset=latin1' }),
  () => ({ kind: 'cutGzip' }),
  (_, { bombBytes = 4_000_000 }) => ({ kind: 'gzipBomb', bytes: bombBytes }),
  (random) => ({ kind: 'earlyHints', count: random.integer(1, 3) }),
  (random) => ({ kind: 'largeHeader', bytes: random.pick([1_000, 100_000]) }),
  () => ({ kind: 'emptyPage' }),
  (random) => ({ kind: 'smallPage', size: random.integer(1, 5) }),
  () => ({ kind: 'largePage' }),
  (random) => ({ kind: 'repeatedToken', back: random.integer(0, 3) }),
  (random) => ({ kind: 'awkwardToken', token: awkwardToken(random) }),
  (random) => ({
    kind: 'nextPage',
    value: random.pick<unknown>([7, {}, [], true, 'https://', 'no url at all']),
  }),
  (random, { stranger }) => ({ kind: 'foreignUrl', change: random.pick(foreignUrls(stranger)) }),
  (random) => ({ kind: 'wrongEntry', entry: random.pick(ENTRIES) }),
  (random) => ({ kind: 'wrongList', list: random.pick([undefined, 'x', {}, 7]) }),
  () => ({ kind: 'missingFields' }),
  () => ({ kind: 'extraFields' }),
  () => ({ kind: 'duplicateFields' }),
]

type Maker = (random: Random, options: RandomScheduleOptions) => Fault

function randomFault(random: Random, options: RandomScheduleOptions): Fault {
  return random.pick(MAKERS)(random, options)
}

function maybeRetryAfter(random: Random): { retryAfter?: string } {
  return random.chance(0.5) ? { retryAfter: random.pick(RETRY_AFTERS) } : {}
}

function awkwardToken(random: Random): string {
  const parts = [
    '+',
    '%2B',
    ' ',
    '/',
    '..',
    '?',
    '#',
    '&',
    '=',
    ';',
    '\u0000',
    '\r\n',
    'é',
    '😀',
    '"',
    '\\',
    '\ud800',
  ] as const
  const length = random.pick([1, 5, 40, 2_000])
  return `PT${Array.from({ length }, () => random.pick(parts)).join('')}`
}

/** Ways in which a URL leads elsewhere, or seems to. */
export function foreignUrls(stranger: string): readonly [(url: URL) => string, ...((url: URL) => string)[]] {
  const { host } = new URL(stranger)
  const changed = (change: (url: URL) => void): ((url: URL) => string) => {
    return (url) => {
      const copy = new URL(url)
      change(copy)
      return copy.href
    }
  }
  return [
    changed((url) => {
      url.host = host
    }),
    changed((url) => {
      url.protocol = 'https:'
    }),
    changed((url) => {
      url.port = '1'
    }),
    changed((url) => {
      url.username = 'somebody'
    }),
    changed((url) => {
      url.pathname = '/v1/Other'
    }),
    changed((url) => {
      url.pathname += '/..'
    }),
    (url) => url.href.replace(url.hostname, `${url.hostname}.`),
    (url) => url.href.replace('//', `//${host}\\@`),
    (url) => `//${host}${url.pathname}${url.search}`,
    (url) => `javascript:${url.href}`,
  ]
}
