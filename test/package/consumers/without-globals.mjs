// Every entry can be imported and required where the platform lacks what listing needs, as Jest's jsdom does.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
for (const name of [
  ...['TextDecoder', 'TextEncoder', 'fetch', 'Headers', 'Request', 'Response', 'ReadableStream'],
  ...['AbortController', 'AbortSignal', 'structuredClone', 'crypto', 'performance', 'setImmediate'],
]) {
  delete globalThis[name]
  if (name in globalThis) throw new Error(`${name} is still there`)
}
for (const entry of ['', '/twilio', '/bird', '/adapter', '/testing']) {
  await import(`participant-conversations${entry}`)
  require(`participant-conversations${entry}`)
}
process.stdout.write('without globals')
