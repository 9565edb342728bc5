import { MockAgent, setGlobalDispatcher } from 'undici'
import { list, origin, page, path } from './list.mjs'

const agent = new MockAgent()
agent.disableNetConnect()
const request = { path: (target) => target.startsWith(`${path}?`), method: 'GET' }
agent
  .get(origin)
  .intercept(request)
  .reply(200, page, { headers: { 'content-type': 'application/json' } })
  .times(2)
const passed = await list({ dispatcher: agent })
setGlobalDispatcher(agent)
console.log(...passed, ...(await list()))
