/**
 * The pictures of a terminal in the README, drawn from the command's real output. `npm run terminal` draws them, and
 * `npm run terminal:check` compares.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildCommandForTests, run } from './command.ts'
import { drawTerminal, themes } from './svg.ts'

const docs = fileURLToPath(new URL('../../docs', import.meta.url))

const pictures = {
  terminal: ['list', '+12025550123', '--demo', '--status', 'closed'],
  help: ['list', '--help'],
}

const command = await buildCommandForTests()
const stale: string[] = []
try {
  await mkdir(docs, { recursive: true })
  for (const [name, args] of Object.entries(pictures)) {
    const shown = `participant-conversations ${args.join(' ')}`
    const format = args.includes('--help') ? [] : ['-o', 'table']
    const env = { PATH: process.env.PATH, FORCE_COLOR: '1', COLUMNS: '88', TZ: 'UTC' }
    const { code, stdout } = await run(process.execPath, [command.path, ...args, ...format], env)
    if (code !== 0) throw new Error(`${shown} exited with ${code}`)
    for (const [theme, colors] of Object.entries(themes)) {
      const svg = drawTerminal(`$ ${shown}\n${stdout}`, { theme: colors, title: shown })
      const file = `${docs}/${name}-${theme}.svg`
      if (process.argv.includes('--update')) await writeFile(file, svg)
      else if ((await readFile(file, 'utf8').catch(() => '')) !== svg) stale.push(`docs/${name}-${theme}.svg`)
    }
  }
} finally {
  await command.remove()
}
if (stale.length > 0) {
  console.error(`${stale.join(', ')} show something else than the command prints now: \`npm run terminal\`.`)
  process.exitCode = 1
}
