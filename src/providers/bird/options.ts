import * as z from 'zod/mini'
import {
  type HttpOptions,
  ownProperties,
  parseAdapterOptions,
  readEnvironment,
  type SchemasFor,
} from '../../adapter.ts'

/** How to reach Bird. */
export interface BirdOptions extends HttpOptions {
  /** Comes with `workspaceId`. Default: the environment variable `BIRD_ACCESS_KEY`. */
  accessKey?: string | undefined
  /** A UUID. Comes with `accessKey`. Default: `BIRD_WORKSPACE_ID`. */
  workspaceId?: string | undefined
  /**
   * The channel whose conversations are listed, or several: they are listed one after the other, in this order. Default:
   * `BIRD_CHANNEL_ID`, several of them separated by commas, with the key and the workspace of the environment.
   */
  channelId?: string | readonly string[] | undefined
}

/** The options, checked. */
export type BirdSettings = HttpOptions & z.infer<typeof birdOptions>

const VARIABLES = {
  accessKey: 'BIRD_ACCESS_KEY',
  workspaceId: 'BIRD_WORKSPACE_ID',
  channelId: 'BIRD_CHANNEL_ID',
}

const KEY = 'must be a string of visible ASCII characters'
const UUID = 'must be a UUID'
const CHANNEL = 'must be the id of a channel, or an array of them, each once'

/** A channel that is listed twice would give its conversations twice. */
const channelIds = z.custom<string | readonly string[]>().check(
  z.refine((value) => {
    const ids: unknown[] = [value].flat()
    const areIds = ids.every((id) => typeof id === 'string' && /^[^\s,]+$/.test(id))
    return areIds && ids.length > 0 && new Set(ids).size === ids.length
  }, CHANNEL),
)

const birdOptions = z.strictObject({
  accessKey: z.string(KEY).check(z.regex(/^[\x21-\x7e]+$/, KEY)),
  workspaceId: z.string(UUID).check(z.regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, UUID)),
  channelId: channelIds,
} satisfies SchemasFor<Omit<BirdOptions, keyof HttpOptions>>)

/**
 * Key and workspace come together, both from the options or both from the environment: one customer's workspace must
 * not be listed with another's key. A channel of the environment belongs to its workspace.
 *
 * @throws ConfigurationError
 */
export function parseBirdOptions(given: BirdOptions): BirdSettings {
  const { accessKey, workspaceId }: BirdOptions = Object(ownProperties(given))
  const isAccountGiven = accessKey !== undefined || workspaceId !== undefined
  const { channelId, ...account } = isAccountGiven ? {} : readEnvironment(VARIABLES)
  const defaults = {
    ...account,
    channelId: channelId?.includes(',') ? channelId.split(/\s*,\s*/) : channelId,
  }
  const hint = (option: keyof typeof VARIABLES): string =>
    isAccountGiven
      ? `pass it too, or pass neither accessKey nor workspaceId and set the environment variable ${VARIABLES[option]}`
      : `pass it, or set the environment variable ${VARIABLES[option]}`
  return parseAdapterOptions(birdOptions, given, {
    call: 'bird()',
    provider: 'bird',
    secrets: ['accessKey'],
    identifiers: ['workspaceId', 'channelId'],
    defaults,
    missing: { accessKey: hint('accessKey'), workspaceId: hint('workspaceId'), channelId: hint('channelId') },
    variables: VARIABLES,
  })
}
