import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse, plainText, type Token, titleOf } from './markdown.ts'
import { addressOf, documents, root } from './repository.ts'

/** A guide, as the sidebar and the landing page show it. */
export interface Guide {
  readonly title: string
  /** What is in it; empty if the README does not say. */
  readonly details: string
  /** Its address on the site. */
  readonly link: string
}

/** The guides that the README lists, in its order. */
export async function readGuides(): Promise<Guide[]> {
  const items = parse(await readSection('Guides')).filter(({ type }) => type === 'inline')
  const guides = await Promise.all(items.flatMap(guidesOfItem))
  const missing = [...documents].filter(
    ([, page]) => page.startsWith('guides/') && !guides.some(({ link }) => link === addressOf(page)),
  )
  if (missing.length > 0)
    throw new Error(`README.md does not list these guides: ${missing.map(([file]) => file)}`)
  return guides
}

/** An item has a link, or several, and says after a colon what is in them. */
function guidesOfItem({ children }: Token): Promise<Guide>[] {
  const [, details = ''] = plainText(children).split(': ')
  return (children ?? []).flatMap((token) => {
    const file = token.attrGet('href')
    const page = documents.get(file ?? '')
    return file === null || page === undefined ? [] : [readGuide(file, page, details)]
  })
}

async function readGuide(file: string, page: string, details: string): Promise<Guide> {
  const markdown = await readFile(join(root, file), 'utf8')
  return { title: titleOf(markdown), details, link: addressOf(page) }
}

/** The first example of the README, and the first picture. */
export async function readExample(): Promise<{ code: string; picture: string }> {
  const tokens = parse(await readReadme())
  const code = tokens.find(({ type }) => type === 'fence')
  const picture = tokens.find(({ type, content }) => type === 'html_block' && content.startsWith('<picture>'))
  if (code === undefined || picture === undefined) throw new Error('README.md has no example or no picture')
  return { code: `\`\`\`${code.info}\n${code.content}\`\`\``, picture: picture.content }
}

/** What is below a heading of the second level. */
export async function readSection(heading: string): Promise<string> {
  const readme = await readReadme()
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`README.md has no section "${heading}"`)
  return section.slice(heading.length)
}

function readReadme(): Promise<string> {
  return readFile(join(root, 'README.md'), 'utf8')
}
