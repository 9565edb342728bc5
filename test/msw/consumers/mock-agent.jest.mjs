import * as library from 'participant-conversations'
import * as undici from 'undici'
import defineCases from './mock-agent-cases.cjs'

// A global dispatcher that is set in Jest is one of its sandbox: Node's own `fetch`, from outside, does not see it.
defineCases(globalThis, undici, library, { isGlobal: false })
