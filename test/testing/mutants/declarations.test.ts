import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const totals = 'returns the request id and the total of a page, or null'
const declares = 'declares its name, scope and capabilities, and sends no request before it is listed'

findsFaults([
  [
    'makes up a total',
    { totalOf: ({ items }) => items.length },
    totals,
    /the total of a page is 2: it must be what the provider says, or null. respond\(\) was told to send 4/,
  ],
  ['has 0 for an unknown total', { totalOf: () => 0 }, totals, /the total of a page is 0/],
  [
    'has invalid capabilities',
    { capabilities: { ...parts.capabilities, maxPageSize: 0 } },
    declares,
    /capabilities.maxPageSize is 0: it must be a whole number of at least 1/,
  ],
  [
    'has an invalid meaning of a 404',
    { capabilities: { ...parts.capabilities, notFound: 'skip' as never } },
    declares,
    /capabilities.notFound is "skip": it must be 'empty' or 'error'/,
  ],
  [
    'declares a status that is not in the model',
    { capabilities: { ...parts.capabilities, statuses: ['open' as never] } },
    declares,
    /capabilities.statuses is \["open"\]/,
  ],
  ['has no name', { name: '' }, declares, /its name is ""/],
  ['has no scope', { more: { scope: undefined } }, declares, /its scope is undefined: it must be a string/],
])
