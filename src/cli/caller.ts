/** How `list` was called, for the commands that are suggested. */
export interface Caller {
  /** The command before its arguments. */
  readonly command: string
  /** The arguments after it. */
  readonly args: readonly string[]
}

/** The command as people call it. npx sets the variable; the command is then rarely on the PATH. */
export function listCommand(): string {
  return `${process.env.npm_command === 'exec' ? 'npx ' : ''}participant-conversations list`
}

/** The command with other arguments, quoted for a shell. */
export function commandWith(args: readonly string[], { command }: Caller): string {
  return [command, ...args.map(quote)].join(' ')
}

function quote(arg: string): string {
  return /^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`
}
