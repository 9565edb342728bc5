// Loading the package changes nothing in the process, as `sideEffects: false` says.
import { channel } from 'node:diagnostics_channel'

const objects = [
  globalThis,
  process,
  Object.prototype,
  Array.prototype,
  Error,
  Error.prototype,
  Promise.prototype,
]
const before = snapshot()
// (`schema` is left out: it loads the app's zod.)
for (const entry of ['', '/twilio', '/bird', '/adapter', '/testing'])
  await import(`participant-conversations${entry}`)
const after = snapshot()
const changed = Object.keys(before).filter((part) => before[part] !== after[part])
for (const part of changed) console.error(`before: ${before[part]}\nafter: ${after[part]}`)
if (changed.length > 0) throw new Error(`loading changed the process: ${changed.join(', ')}`)
console.log('no side effects')

function snapshot() {
  const parts = {
    // zod keeps its configuration on globalThis, for all of its copies.
    keys: objects.map((object) =>
      Reflect.ownKeys(object)
        .map(String)
        .filter((key) => key !== '__zod_globalConfig')
        .sort(),
    ),
    values: [globalThis.fetch, globalThis.setTimeout, Error.prepareStackTrace].map(String),
    environment: process.env,
    listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
    handles: process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|Socket|Server/.test(name)),
    watched: channel('undici:request:create').hasSubscribers,
  }
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]))
}
