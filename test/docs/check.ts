/**
 * Checks every block of code in the documents and docblocks: TypeScript compiles and, where it can, runs against the
 * stand-in; commands of the library run, and other commands name what is there. Run by `npm run test:docs`, for some files
 * only by `npm run test:docs -- README.md docs/errors.md`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../package/packed.ts'
import { type Block, findBlocks, placeOf } from './blocks.ts'
import { compileBlocks } from './modules.ts'
import { reasonNotToRun, runBlock } from './run-blocks.ts'
import { checkShellBlock } from './shell.ts'

const files = process.argv.slice(2)
const blocks = (await findBlocks()).filter(({ file }) => files.length === 0 || files.includes(file))
const problems: string[] = []
const report = (place: string, what: string): void => console.log(`${place.padEnd(44)} ${what}`)

const folder = await mkdtemp(join(root, 'test', 'docs', '.docs-'))
try {
  await checkTypeScript(blocks.filter((block) => block.language === 'ts' && checkedElsewhere(block) === null))
} finally {
  await rm(folder, { recursive: true })
}
for (const block of blocks) {
  const elsewhere = checkedElsewhere(block)
  if (elsewhere !== null) report(placeOf(block), elsewhere)
  else if (block.language !== 'ts') await checkOther(block)
}

for (const problem of problems) console.error(`\n${problem}`)
console.log(`\n${blocks.length} blocks, ${problems.length} problems`)
// What blocks have opened does not matter any more.
process.exit(problems.length === 0 ? 0 : 1)

async function checkTypeScript(own: readonly Block[]): Promise<void> {
  const { modules, errors } = await compileBlocks(own, folder)
  problems.push(...errors)
  for (const module of modules) {
    const reason = reasonNotToRun(module)
    const place = placeOf(module.block)
    if (reason !== null) report(place, `compiled: ${reason}`)
    // It would fail in another way.
    else if (errors.some((error) => error.startsWith(`${module.block.file}:`))) report(place, 'not run')
    else {
      const problem = await runBlock(module)
      report(place, problem === null ? 'ran' : 'failed')
      if (problem !== null) problems.push(problem)
    }
  }
}

/** What checks blocks that need more than the library and its stand-in; null for all others. */
function checkedElsewhere({ note }: Block): string | null {
  if (note.startsWith('test:')) return `${note}: npm run test:runners`
  if (note.startsWith('file:')) return `${note}: npm run test:tools`
  if (note.startsWith('backfill')) return `${note}: npm run backfill:test`
  return null
}

/** Blocks that are not TypeScript. A language that is not here is a problem: nothing is skipped. */
async function checkOther(block: Block): Promise<void> {
  const place = placeOf(block)
  if (block.language === 'sh') {
    for (const { place, command, kind, problem } of await checkShellBlock(block)) {
      report(place, `${kind}: ${command}`)
      if (problem !== null) problems.push(`${place}: ${command}: ${problem}`)
    }
  } else if (block.language === 'sql' && block.file === 'docs/storing.md')
    report(place, 'run by the blocks that use the table')
  else if (block.language === 'md' || block.language === 'text') report(place, 'shows a file or a drawing')
  else problems.push(`${place}: nobody checks blocks of the language ${block.language}`)
}
