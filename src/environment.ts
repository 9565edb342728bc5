/** An environment variable; undefined where it is not set, is empty, or there is no environment. */
export function environment(name: string): string | undefined {
  return globalThis.process?.env?.[name] || undefined
}
