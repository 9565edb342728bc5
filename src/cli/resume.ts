/** The command that continues: the same one from another position, quoted for a shell. */
export function commandFrom(args: readonly string[], cursor: string): string {
  const kept: string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--cursor') index += 1
    else if (!arg.startsWith('--cursor=')) kept.push(arg)
  }
  // Nothing after "--" is an option.
  const end = kept.includes('--') ? kept.indexOf('--') : kept.length
  kept.splice(end, 0, '--cursor', cursor)
  return ['participant-conversations', ...kept].map(quote).join(' ')
}

function quote(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`
}
