import { readFileSync } from 'node:fs'

/**
 * The peak of the resident set of this process, in bytes. Linux counts that of the process which started this one into
 * `maxRSS`, which would hide what is measured; in /proc it does not.
 */
export function peakMemory(): number {
  const kibibytes =
    process.platform === 'linux'
      ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
      : process.resourceUsage().maxRSS
  return kibibytes * 1024
}
