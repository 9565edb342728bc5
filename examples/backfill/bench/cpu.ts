import { readdir, readFile } from 'node:fs/promises'

/** A tick of the kernel's clock, as /proc counts them. */
const TICK_MS = 10

/** CPU time of a process and of its children, in milliseconds. NaN without /proc. */
export async function cpuOf(pid: number): Promise<number> {
  const names = await readdir('/proc').catch(() => [])
  if (names.length === 0) return Number.NaN
  const stats = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readStat))
  const family = stats.filter((stat) => stat.pid === pid || stat.parent === pid)
  return TICK_MS * family.reduce((sum, { ticks }) => sum + ticks, 0)
}

async function readStat(name: string): Promise<{ pid: number; parent: number; ticks: number }> {
  const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
  // The name of the program is in brackets and may have spaces. Of children that have ended, the parent has the time.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number)
  const ticks = (user ?? 0) + (system ?? 0) + (childrenUser ?? 0) + (childrenSystem ?? 0)
  return { pid: Number(name), parent: Number(fields[1]), ticks }
}
