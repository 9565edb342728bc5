// The spans of the real SDK: `opentelemetry.mjs alone`, `guide` with the hook of the guide, `own` with the guide's own spans.
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { redact } from './guide/redact.mjs'
import { listBoth, namesParticipant } from './list.mjs'

const exporter = new InMemorySpanExporter()
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register()

// An instrumentation is at work as soon as it is created.
const instrumentations = {
  alone: () => new UndiciInstrumentation(),
  guide: async () => (await import('./guide/opentelemetry.mjs')).instrumentation,
  own: () => new UndiciInstrumentation({ ignoreRequestHook: ({ path }) => redact(path) !== null }),
}
const [, , mode] = process.argv
registerInstrumentations({ instrumentations: [await instrumentations[mode]()] })

const { hooks } = mode === 'own' ? await import('./guide/spans.mjs') : {}
const results = { undici: await record({ hooks }), fetch: await record({ hooks, fetch }) }
console.log(JSON.stringify(results))

async function record(options) {
  await listBoth(options)
  const spans = exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes }))
  exporter.reset()
  const templates = new Set(spans.map(({ attributes }) => attributes['url.template'] ?? null))
  return { spans: spans.length, namesParticipant: namesParticipant(spans), templates: [...templates] }
}
