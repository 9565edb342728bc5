import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../package/packed.ts'

/** A block of code that readers may copy: in a page, or in the docblock of a declaration. */
export interface Block {
  /** From the root of the repository. */
  readonly file: string
  /** The line of the file that has the first line of the code. */
  readonly line: number
  /** `ts`, `sh` and so on, as the fence says. */
  readonly language: string
  readonly code: string
  /** The heading above the block; '' for the block of a docblock. */
  readonly heading: string
  /** What an invisible comment right before the block says about it: `<!-- test:vitest inbox.test.mjs -->`. */
  readonly note: string
}

const PAGES = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', '.changeset/README.md']

/** All blocks, in the order of the pages and of the sources. */
export async function findBlocks(): Promise<Block[]> {
  const guides = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md')).sort()
  const sources = (await readdir(join(root, 'src'), { recursive: true })).filter((name) =>
    name.endsWith('.ts'),
  )
  const blocks = [
    ...[...PAGES, ...guides.map((name) => `docs/${name}`)].map(async (file) =>
      blocksOfPage(file, await readFile(join(root, file), 'utf8')),
    ),
    ...sources.sort().map(async (name) => {
      const file = `src/${name}`
      return blocksOfDocblocks(file, await readFile(join(root, file), 'utf8'))
    }),
  ]
  return (await Promise.all(blocks)).flat()
}

/** Throws for a block that is not closed, or does not say its language. */
function blocksOfPage(file: string, text: string): Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  let heading = ''
  for (let index = 0; index < lines.length; index++) {
    heading = /^#+ (.+)$/.exec(lines[index] ?? '')?.[1] ?? heading
    const fence = /^(\s*)(```+|~~~+)\s*(\S*)/.exec(lines[index] ?? '')
    if (fence === null) continue
    const [, indent = '', marks = '', language = ''] = fence
    const end = lines.findIndex((line, at) => at > index && line.trim() === marks)
    if (end < 0) throw new Error(`${file}:${index + 1}: the block is never closed`)
    if (language === '') throw new Error(`${file}:${index + 1}: the block does not say its language`)
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent.length))
    const note = /^<!-- (.*) -->$/.exec(lines[index - 1]?.trim() ?? '')?.[1] ?? ''
    blocks.push({ file, line: index + 2, language, code: code.join('\n'), heading, note })
    index = end
  }
  return blocks
}

/** What follows `@example`, up to the next tag. */
function blocksOfDocblocks(file: string, text: string): Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let index = 0; index < lines.length; index++) {
    if (!/^\s*\* @example$/.test(lines[index] ?? '')) continue
    const end = lines.findIndex((line, at) => at > index && /^\s*\* @\w|\*\/\s*$/.test(line))
    const code = lines.slice(index + 1, end).map((line) => line.replace(/^\s*\* ?/, ''))
    blocks.push({ file, line: index + 2, language: 'ts', code: code.join('\n'), heading: '', note: '' })
  }
  return blocks
}

export const placeOf = ({ file, line }: Block): string => `${file}:${line}`
