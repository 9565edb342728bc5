/** What the command that continues has in place of what this one was given. */
export interface Continuation {
  readonly cursor: string
  /** Whether the header has been printed. */
  readonly hasHeader: boolean
}

/** The command that continues: the same one from another position, quoted for a shell. */
export function commandFrom(args: readonly string[], { cursor, hasHeader }: Continuation): string {
  // Nothing after "--" is an option.
  const end = args.includes('--') ? args.indexOf('--') : args.length
  const kept: string[] = []
  for (let index = 0; index < end; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--cursor') index += 1
    else if (!arg.startsWith('--cursor=')) kept.push(arg)
  }
  if (hasHeader && !kept.includes('--no-header')) kept.push('--no-header')
  const command = [...kept, '--cursor', cursor, ...args.slice(end)].map(quote).join(' ')
  // npx sets this. The command is rarely on the PATH then.
  return `${process.env.npm_command === 'exec' ? 'npx ' : ''}participant-conversations ${command}`
}

function quote(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`
}
