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
console.log(JSON.stringify(await runScenario(entries, JSON.parse(process.argv[2]))))
