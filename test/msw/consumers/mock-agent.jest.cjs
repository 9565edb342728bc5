const library = require('participant-conversations')
const undici = require('undici')

// A global dispatcher that is set in Jest is one of its sandbox: Node's own `fetch`, from outside, does not see it.
require('./mock-agent-cases.cjs')(globalThis, undici, library, { isGlobal: false })
