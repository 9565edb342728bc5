/** The version of this library: `package.json` has the same. */
export const VERSION = '0.1.0'

/** RFC 9110, section 10.1.5: the most significant product, which is the app, comes first. */
export function userAgent(app: string | undefined): string {
  return `${app ? `${app} ` : ''}participant-conversations/${VERSION}`
}
