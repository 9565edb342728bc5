/** Prints how the official package and this library behave on the same hostile servers, as a table in Markdown. */
import { createRequire } from 'node:module'
import RequestClient from 'twilio/lib/base/RequestClient.js'
import { httpSettings } from '../../src/http/http-options.ts'
import { COUNT } from './account.ts'
import { type Case, cases } from './cases.ts'
import { cellOf } from './cells.ts'
import { compare } from './hostile.ts'

// The package's own package.json.
const { version } = createRequire(import.meta.url)('twilio/package.json') as { version: string }

const rows = await compare()
const timeLimits = new Set(Object.values<Case>(cases).flatMap(({ timeoutMs }) => timeoutMs ?? []))
const defaults = [new RequestClient().defaultTimeout, httpSettings({}).timeoutMs]

console.log(`| ${COUNT} conversations in pages of 50 | twilio ${version} | participant-conversations |`)
console.log('|---|---|---|')
for (const { name, outcomes } of rows) {
  console.log(`| ${name} | ${cellOf(outcomes.twilio)} | ${cellOf(outcomes['participant-conversations'])} |`)
}
console.log(`
Node ${process.version}. Both with their defaults, except for the timeout of a body that stops or never ends:
${[...timeLimits].join(', ')} ms for both, instead of ${defaults[0]} ms and ${defaults[1]} ms. "The stranger" is any origin other than
https://conversations.twilio.com; over plain \`http\`, it is anybody who listens on the way. Node ends a process at the
first unhandled rejection unless there is a listener, as there was here. (twilio has an option \`autoRetry\`,
${new RequestClient().autoRetry ? 'on' : 'off'} by default, that retries a request after a 429.)`)
