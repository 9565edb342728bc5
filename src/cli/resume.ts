import { type Caller, commandWith } from './caller.ts'

/** What the suggested command changes. */
export interface Continuation {
  readonly cursor: string
  /** What is left of the limit. */
  readonly limit: number | undefined
  /** Whether the header has been printed. */
  readonly hasHeader: boolean
}

const REPLACED = ['--cursor', '--limit']

/** The command that continues: the same one from another position. */
export function resumingCommand(caller: Caller, { cursor, limit, hasHeader }: Continuation): string {
  const { args } = caller
  // Nothing after "--" is an option.
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const kept: string[] = []
  for (let index = 0; index < end; index += 1) {
    const arg = args[index] ?? ''
    if (REPLACED.includes(arg)) index += 1
    else if (!REPLACED.some((name) => arg.startsWith(`${name}=`))) kept.push(arg)
  }
  if (limit !== undefined) kept.push('--limit', String(limit))
  if (hasHeader && !kept.includes('--no-header')) kept.push('--no-header')
  return commandWith([...kept, '--cursor', cursor, ...args.slice(end)], caller)
}
