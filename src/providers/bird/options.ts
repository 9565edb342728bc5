import {
  checkOptions,
  fromEnvironment,
  missingOption,
  type OptionsShape,
  type OptionsSource,
  secret,
  text,
} from '../../check.ts'
import { parseBaseUrl } from '../../http/base-url.ts'
import { type HttpOptions, type HttpSettings, httpOptions, httpSettings } from '../../http/options.ts'

/** How to reach Bird. */
export interface BirdOptions extends HttpOptions {
  /** Default: the environment variable `BIRD_ACCESS_KEY`. */
  accessKey?: string | undefined
  /** A UUID. Default: `BIRD_WORKSPACE_ID`. */
  workspaceId?: string | undefined
  /** The channel whose conversations are listed: Bird lists one at a time. Default: `BIRD_CHANNEL_ID`. */
  channelId?: string | undefined
}

/** The options, checked and with their defaults. */
export interface BirdSettings {
  readonly accessKey: string
  readonly workspaceId: string
  readonly channelId: string
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly http: HttpSettings
}

const BIRD: OptionsSource = {
  call: 'bird()',
  provider: 'bird',
  secrets: ['accessKey', 'headers'],
  identifiers: ['workspaceId', 'channelId'],
}

const shape: OptionsShape<BirdOptions> = {
  ...httpOptions,
  accessKey: secret,
  workspaceId: text('must be a UUID', (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)),
  channelId: text('must be the id of one channel', (value) => /^[^\s,]+$/.test(value)),
}

/** @throws ConfigurationError */
export function birdSettings(given: BirdOptions): BirdSettings {
  const named = checkOptions(shape, given, BIRD)
  const required = (option: 'accessKey' | 'workspaceId' | 'channelId'): string => {
    const value = named[option] ?? fromEnvironment(BIRD, option)
    if (value !== undefined) return value
    throw missingOption(BIRD, option)
  }
  const credentials = {
    accessKey: required('accessKey'),
    workspaceId: required('workspaceId'),
    channelId: required('channelId'),
  }
  // Those from the environment have not been checked yet.
  checkOptions(shape, credentials, BIRD)
  return {
    ...credentials,
    baseUrl: parseBaseUrl(named.baseUrl ?? 'https://api.bird.com', named, BIRD),
    http: httpSettings(named),
  }
}
