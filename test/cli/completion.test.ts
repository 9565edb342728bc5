import { spawnSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltCommand, buildCommandForTests, run } from './command.ts'

let command: BuiltCommand
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  command = await buildCommandForTests()
  const bin = join(command.folder, 'bin')
  await mkdir(bin)
  await symlink(command.path, join(bin, 'participant-conversations'))
  await chmod(command.path, 0o755)
  env = { PATH: `${bin}:${process.env.PATH}`, HOME: command.folder, TERM: 'dumb' }
})
afterAll(() => command.remove())

/** What each shell shows for a line on Tab. The line has no quotes. */
const SHELLS = {
  fish: (line: string) => `participant-conversations completion fish | source
    complete -C '${line}'`,
  bash: (line: string) => `source /usr/share/bash-completion/bash_completion
    source <(participant-conversations completion bash)
    COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; COMP_WORDS=($COMP_LINE)
    [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    __participant_conversations_complete 2> /dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  // The last step, which shows the completions in the terminal, is replaced.
  zsh: (line: string) => `autoload -Uz compinit; compinit -u
    source <(participant-conversations completion zsh)
    _describe() { print -rl -- $completions }
    line='${line}'; words=(\${=line})
    [[ $line == *' ' ]] && words+=('')
    CURRENT=\${#words}
    _participant-conversations`,
} as const

/** The script for bash needs the package bash-completion. */
const NEEDED: Readonly<Record<string, string>> = {
  bash: 'test -e /usr/share/bash-completion/bash_completion',
}

const available = (shell: string): boolean => spawnSync(shell, ['-c', NEEDED[shell] ?? ':']).status === 0

describe.each(Object.entries(SHELLS).filter(([shell]) => available(shell)))(
  'in %s, Tab completes',
  (shell, script) => {
    const complete = async (line: string): Promise<string> => {
      const file = join(command.folder, `complete.${shell}`)
      await writeFile(file, script(line))
      return (await run(shell, [file], env)).stdout
    }

    test('commands, options and their values', async () => {
      expect(await complete('participant-conversations comp')).toContain('completion')
      expect(await complete('participant-conversations list --keep')).toContain('--keep-going')
      const statuses = await complete('participant-conversations list --status ')
      for (const status of ['active', 'closed', 'deleted']) expect(statuses).toContain(status)
    })

    test('fields after a comma, and files', async () => {
      expect(await complete('participant-conversations list --json id,upd')).toContain('id,updatedAt')
      expect(await complete(`participant-conversations list --dotenv ${command.folder}/pack`)).toContain(
        'package.json',
      )
    })
  },
)

test('a hidden option is not suggested', async () => {
  const { stdout } = await run(process.execPath, [command.path, 'complete', '--', 'list', '--e'], env)
  expect(stdout).toContain('--email')
  expect(stdout).not.toContain('--env-file')
})
