// What Datadog's tracer sends to an agent of our own.
import tracer from 'dd-trace'
import { listBoth, namesParticipant, serveIntake, waitFor } from './list.mjs'

const { received, origin } = await serveIntake((body) => body.toString('latin1'))
tracer.init({ url: origin, flushInterval: 100, startupLogs: false })
await tracer.trace('test', () => listBoth())
const spansOf = () => received.join('').split('http.request').length - 1
await waitFor(() => spansOf() >= 5)
const traces = received.filter((text) => text.includes('http.request'))
console.log(JSON.stringify({ spans: spansOf(), namesParticipant: namesParticipant(traces) }))
process.exit()
