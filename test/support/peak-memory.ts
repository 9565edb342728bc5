import { readFileSync } from 'node:fs'

/**
 * The peak of the resident set of this process, in bytes. On Linux, `maxRSS` includes the peak of the parent process,
 * which would hide what is measured; /proc does not.
 */
export function peakMemory(): number {
  const kibibytes =
    process.platform === 'linux'
      ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
      : process.resourceUsage().maxRSS
  return kibibytes * 1024
}
