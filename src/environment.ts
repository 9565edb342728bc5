/** An environment variable; undefined where it is not set, is empty, or there is no environment. */
export function environment(name: string): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined
  } catch {
    // Deno throws where it was not allowed to look; an option that is then missing is named as such.
    return undefined
  }
}
