import * as everything from 'participant-conversations'
import * as adapter from 'participant-conversations/adapter'
import * as bird from 'participant-conversations/bird'
import * as schema from 'participant-conversations/schema'
import * as testing from 'participant-conversations/testing'
import * as twilio from 'participant-conversations/twilio'
import { runScenario } from './scenario.mjs'

const entries = {
  '.': everything,
  './twilio': twilio,
  './bird': bird,
  './adapter': adapter,
  './schema': schema,
  './testing': testing,
}

export default {
  async fetch(request) {
    if (globalThis.process || globalThis.Buffer || globalThis.require) {
      return new Response('This worker has something of Node', { status: 500 })
    }
    if (canGenerateCode()) return new Response('This worker may generate code', { status: 500 })
    return Response.json(await runScenario(entries, await request.json()))
  },
}

function canGenerateCode() {
  try {
    return new Function('return true')()
  } catch {
    return false
  }
}
