import { readFile } from 'node:fs/promises'
import { extname, join, posix } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { withFrontMatter } from './markdown.ts'
import { readSection } from './readme.ts'
import { addressOf, folders, pages, root, sources } from './repository.ts'

/** What Shiki calls the language, if the name of the file does not say so. */
const LANGUAGES: Record<string, string> = { Dockerfile: 'docker', '.dockerignore': 'txt', '.svg': 'xml' }

/** The page of a file: its source, and the way to its folder. */
export async function sourcePage(file: string): Promise<string> {
  const source = await readFile(join(root, file), 'utf8')
  const extension = extname(file)
  const language = LANGUAGES[extension || posix.basename(file)] ?? extension.slice(1)
  // A fence must be longer than any in the file.
  const fence = '`'.repeat(Math.max(3, ...Array.from(source.matchAll(/`+/g), ([ticks]) => ticks.length + 1)))
  return withFrontMatter(
    {
      source: file,
      title: file,
      description: `The source of ${file}`,
      search: false,
      aside: false,
      prev: false,
      next: false,
    },
    `# ${posix.basename(file)}\n\n${wayTo(file)}\n\n${fence}${language}:line-numbers\n${source.trimEnd()}\n${fence}\n`,
  )
}

/** The page of all examples. */
export async function examplesPage(): Promise<string> {
  const section = await readSection('Examples')
  return withFrontMatter(
    { source: 'README.md', description: 'Examples to start from' },
    `# Examples\n${section}`,
  )
}

/** The page of a folder that has no README: a list of what is in it. */
export function folderPage(folder: string): string {
  const items = contentOf(folder).map((path) => `- [${posix.basename(path)}](${posix.basename(path)})`)
  return withFrontMatter(
    // Links are relative to a file in the folder.
    { source: `${folder}/README.md`, title: folder, description: `The files of ${folder}`, search: false },
    `# ${posix.basename(folder)}\n\n${wayTo(folder)}\n\n${items.join('\n')}\n`,
  )
}

/** The folders and files of the examples, as a tree. */
export function examplesSidebar(folder = 'examples'): DefaultTheme.SidebarItem[] {
  return contentOf(folder).map((path) => {
    const text = posix.basename(path)
    const link = addressOf(pages.get(path) ?? '')
    return folders.includes(path)
      ? { text, link, collapsed: true, items: examplesSidebar(path) }
      : { text, link }
  })
}

/** Folders first, and no README: it is the page of the folder. */
function contentOf(folder: string): string[] {
  return [...folders, ...sources].filter((path) => posix.dirname(path) === folder)
}

/** The folders that a file is in, each as a link. */
function wayTo(path: string): string {
  const names = path.split('/')
  const links = names.slice(0, -1).map((name, index) => {
    const folder = names.slice(0, index + 1).join('/')
    return `[${name}](/${pages.get(folder)})`
  })
  return [...links, names.at(-1)].join(' / ')
}
