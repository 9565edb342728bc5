import { withoutPrototype } from './plain-options.ts'

/** Returns an environment variable; undefined if it is not set or empty, or if the platform has no environment. */
export function environment(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined
  } catch {
    // Deno throws if access was not granted. The error for the missing option names the variable.
    return undefined
  }
}

/**
 * Reads the environment variables of options, and omits those that are not set.
 *
 * @example
 * const { accessKey, region } = readEnvironment({ accessKey: 'EXAMPLE_ACCESS_KEY', region: 'EXAMPLE_REGION' })
 */
export function readEnvironment<Name extends string>(
  variables: Readonly<Record<Name, string>>,
): { [Option in Name]?: string } {
  const found = Object.entries<string>(variables).map(([option, variable]) => [option, environment(variable)])
  return withoutPrototype(Object.fromEntries(found.filter(([, value]) => value !== undefined)))
}
