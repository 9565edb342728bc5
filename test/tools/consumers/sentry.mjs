// What Sentry sends to a server of its own: by itself, or with the options of the guide.
import * as Sentry from '@sentry/node'
import { options } from './guide/sentry-options.mjs'
import { listBoth, namesParticipant, serveIntake } from './list.mjs'

const { received, origin } = await serveIntake(String)
Sentry.init({
  dsn: origin.replace('://', '://key@').concat('/1'),
  tracesSampleRate: 1,
  ...(process.argv[2] === 'guide' && options),
})
await Sentry.startSpan({ name: 'test' }, () => listBoth())
// The event holds the breadcrumbs.
Sentry.captureMessage('test')
await Sentry.close(10_000)
const text = received.join('')
const spans = text.split('"http.client"').length - 1
console.log(JSON.stringify({ spans, namesParticipant: namesParticipant(text) }))
process.exit()
