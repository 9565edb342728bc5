import type { InboxInfo } from '../shared/api.ts'

/** What the agents know things by: settings of this inbox that the providers have nothing to do with. */
export type Labels = Pick<InboxInfo, 'channelNames' | 'consoleUrls'>

/**
 * Reads `BIRD_CHANNEL_NAMES`, such as `7c1d…=Text messages,b40e…=Help desk`, and `TWILIO_CONSOLE_URL` and
 * `BIRD_CONSOLE_URL`, such as `https://desk.example.com/conversations/{id}`. Neither provider documents the address of a
 * conversation in its console, so it is a setting.
 *
 * @throws Error that names the variable
 */
export function readLabels(environment: NodeJS.ProcessEnv): Labels {
  const consoleUrls = ['twilio', 'bird'].flatMap((provider) => {
    const name = `${provider.toUpperCase()}_CONSOLE_URL`
    const url = environment[name]
    return url ? [[provider, readConsoleUrl(name, url)] as const] : []
  })
  return {
    channelNames: readChannelNames(environment.BIRD_CHANNEL_NAMES || ''),
    consoleUrls: Object.fromEntries(consoleUrls),
  }
}

function readChannelNames(text: string): Record<string, string> {
  const entries = text.split(',').filter((entry) => entry.trim() !== '')
  const pairs = entries.map((entry) => {
    const [, id, name] = /^\s*([^=\s]+)\s*=\s*(\S.*?)\s*$/.exec(entry) ?? []
    if (id && name) return [id, name] as const
    throw new Error(`BIRD_CHANNEL_NAMES must be ids and names, such as "7c1d…=Help desk"; got "${entry}".`)
  })
  return Object.fromEntries(pairs)
}

function readConsoleUrl(name: string, url: string): string {
  if (/^https?:\/\//.test(url) && url.includes('{id}')) return url
  throw new Error(`${name} must be a URL with {id} in it, and perhaps {serviceId}; got "${url}".`)
}
