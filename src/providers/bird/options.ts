import * as z from 'zod/mini'
import {
  type HttpOptions,
  isCredential,
  parseAdapterOptions,
  readEnvironment,
  type Schema,
  type SchemasFor,
} from '../../adapter.ts'
import { type BirdChannels, channelIds, channels, channelsIn } from './channels.ts'

/** How to reach Bird. Key and workspace are both passed, or both read from the environment. */
export interface BirdOptions extends HttpOptions {
  /** The access key, passed together with `workspaceId`. Default: the environment variable `BIRD_ACCESS_KEY`. */
  accessKey?: string | undefined
  /** The id of the workspace, a UUID, passed together with `accessKey`. Default: `BIRD_WORKSPACE_ID`. */
  workspaceId?: string | undefined
  /**
   * The id of the channel to list, or several, which are listed one after the other. An object maps each channel to the
   * business's address on it, which becomes `channel.businessAddress` of its conversations: `{ '7c1d…': '+12025550100' }`, or
   * null if it has none. Default: `BIRD_CHANNEL_ID`, if the key and the workspace come from the environment too. It has the form
   * `7c1d…` or `7c1d…=+12025550100`, with commas between several.
   */
  channelId?: BirdChannels | undefined
}

/** Options for one listing. */
export interface BirdListOptions {
  /** The id of the channel to list, or several. Default: `channelId` of `bird()`. */
  channelId?: string | readonly string[] | undefined
  /** Reverses the provider's order. Default: false. */
  reverse?: boolean | undefined
}

/** The options, checked. */
export type BirdSettings = HttpOptions & z.infer<typeof birdOptions>

const VARIABLES = {
  accessKey: 'BIRD_ACCESS_KEY',
  workspaceId: 'BIRD_WORKSPACE_ID',
  channelId: 'BIRD_CHANNEL_ID',
}

/** Variables that are set by mistake, and what they are called here. */
export const VARIABLE_ALIASES = { BIRD_API_KEY: VARIABLES.accessKey }

const UUID = 'must be a UUID'

export const workspaceId: z.ZodMiniType<string, string> = z
  .string(UUID)
  .check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, UUID))

const birdOptions = z.strictObject({
  accessKey: z.custom<string>(isCredential, 'must be a string of visible ASCII characters'),
  workspaceId,
  channelId: channels,
} satisfies SchemasFor<Omit<BirdOptions, keyof HttpOptions>>)

/** Fills in the provider's own channels. */
export function birdListOptions(ids: readonly string[]): Schema<unknown, BirdListOptions> {
  return z.strictObject({
    channelId: z._default(
      z.pipe(
        channelIds,
        z.transform((value) => [value].flat()),
      ),
      [...ids],
    ),
    reverse: z._default(z.boolean('must be true or false'), false),
  })
}

/**
 * Key and workspace come together, both from the options or both from the environment: one customer's workspace must
 * not be listed with another's key. The channel from the environment belongs to the workspace from the environment.
 *
 * @throws ConfigurationError
 */
export function parseBirdOptions(given: BirdOptions): BirdSettings {
  return parseAdapterOptions(birdOptions, given, ({ accessKey, workspaceId }) => {
    const isAccountPassed = accessKey !== undefined || workspaceId !== undefined
    const { channelId, ...account } = isAccountPassed ? {} : readEnvironment(VARIABLES)
    const hints = Object.entries(VARIABLES).map(([option, variable]) => [
      option,
      isAccountPassed
        ? `pass it too. Key, workspace and channel come together: ${variable} is read only if neither accessKey nor workspaceId is passed`
        : `pass it, or set the environment variable ${variable}`,
    ])
    return {
      call: 'bird()',
      provider: 'bird',
      aliases: { apiKey: 'accessKey' },
      secrets: ['accessKey'],
      identifiers: ['workspaceId', 'channelId'],
      defaults: { ...account, channelId: channelsIn(channelId) },
      missing: Object.fromEntries(hints),
      variables: VARIABLES,
      variableAliases: isAccountPassed ? {} : VARIABLE_ALIASES,
      listOptions: birdListOptions([]),
    }
  })
}
