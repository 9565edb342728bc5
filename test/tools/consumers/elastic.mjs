// What the agent of Elastic sends to a server of its own: by itself, or with the filter of the guide.
import { gunzipSync } from 'node:zlib'
import apm from 'elastic-apm-node'
import { filter } from './guide/elastic-filter.mjs'
import { listBoth, namesParticipant, serveIntake, waitFor } from './list.mjs'

const { received, origin } = await serveIntake((body) => (body.length > 0 ? String(gunzipSync(body)) : ''))
apm.start({
  ...{ serverUrl: origin, serviceName: 'test', apiRequestTime: '1s', metricsInterval: '0s' },
  ...{ logLevel: 'off', cloudProvider: 'none', centralConfig: false, captureExceptions: false },
})
if (process.argv[2] === 'guide') apm.addSpanFilter(filter)
const transaction = apm.startTransaction('test')
await listBoth()
transaction.end()
const spansOf = () =>
  received
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('{"span"') && /ParticipantConversations|participants/.test(line))
await apm.flush()
await waitFor(() => spansOf().length >= 5)
const spans = spansOf()
console.log(JSON.stringify({ spans: spans.length, namesParticipant: namesParticipant(spans) }))
process.exit()
