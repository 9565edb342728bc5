// What the agent of New Relic records, which is not sent in its serverless mode.
import newrelic from 'newrelic'
import { listBoth, namesParticipant } from './list.mjs'

await newrelic.startBackgroundTransaction('test', async () => {
  await listBoth()
  const both = externals()
  console.log(JSON.stringify({ spans: both.length, namesParticipant: namesParticipant(both) }))
})
process.exit()

function externals() {
  const { trace } = newrelic.agent.getTransaction()
  const below = (segment) => trace.getChildren(segment.id).flatMap((child) => [child, ...below(child)])
  return below(trace.root)
    .filter(({ name }) => name.startsWith('External/'))
    .map((segment) => [segment.name, segment.getAttributes()])
}
