const entries = {
  '.': require('participant-conversations'),
  './twilio': require('participant-conversations/twilio'),
  './bird': require('participant-conversations/bird'),
  './adapter': require('participant-conversations/adapter'),
  './schema': require('participant-conversations/schema'),
  './testing': require('participant-conversations/testing'),
}

async function main() {
  const { runScenario } = await import('./scenario.mjs')
  console.log(JSON.stringify(await runScenario(entries, JSON.parse(process.argv[2]))))
}

main()
