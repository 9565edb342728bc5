/** What the suggested command changes. */
export interface Continuation {
  readonly cursor: string
  /** What is left of the limit. */
  readonly limit: number | undefined
  /** Whether the header has been printed. */
  readonly hasHeader: boolean
}

const REPLACED = ['--cursor', '--limit']

/** The command that continues: the same one from another position, quoted for a shell. */
export function commandFrom(args: readonly string[], { cursor, limit, hasHeader }: Continuation): string {
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
  const command = [...kept, '--cursor', cursor, ...args.slice(end)].map(quote).join(' ')
  // npx sets this; the command is then rarely on the PATH.
  return `${process.env.npm_command === 'exec' ? 'npx ' : ''}participant-conversations ${command}`
}

function quote(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`
}
