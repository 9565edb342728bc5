import { bundle } from './bundle.ts'

const name = 'participant-conversations'
const twilioHost = 'twilio.com'
const birdHost = 'api.bird.com'

/** Importing one adapter bundles nothing of the other, and importing nothing bundles nothing. */
export async function checkTreeShaking(project: string): Promise<void> {
  for (const from of [name, `${name}/twilio`]) await checkHosts(project, 'twilio', from, twilioHost, birdHost)
  for (const from of [name, `${name}/bird`]) await checkHosts(project, 'bird', from, birdHost, twilioHost)

  for (const entry of ['', '/twilio', '/bird', '/adapter', '/schema', '/testing']) {
    for (const code of [`import '${name}${entry}'`, `import * as unused from '${name}${entry}'`]) {
      const rest = await bundle(project, code)
      if (rest.trim() !== '') throw new Error(`${code} bundles ${rest.length} bytes: ${rest.slice(0, 200)}`)
    }
  }
}

async function checkHosts(
  project: string,
  adapter: string,
  from: string,
  wanted: string,
  unwanted: string,
): Promise<void> {
  const names = `${adapter}, listParticipantConversations`
  const code = await bundle(project, `import { ${names} } from '${from}'; console.log(${names})`)
  if (!code.includes(wanted)) throw new Error(`${adapter} from ${from} bundles no ${wanted}`)
  if (code.includes(unwanted)) throw new Error(`${adapter} from ${from} bundles ${unwanted}`)
}
