/** Writes the pages of the site for VitePress: the guides, the examples and the reference. Run by `npm run site`. */
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { examplesPage, examplesSidebar, folderPage, sourcePage } from './pages/examples.ts'
import { landingPage } from './pages/landing.ts'
import { descriptionOf, withFrontMatter } from './pages/markdown.ts'
import { readGuides } from './pages/readme.ts'
import { documents, folders, pictures, root, sources, staged } from './pages/repository.ts'
import { readReference } from './reference/pages.ts'

await rm(staged, { recursive: true, force: true })

await write('index.md', await landingPage())
await write('examples/index.md', await examplesPage())
for (const [file, page] of documents) {
  const markdown = await readFile(join(root, file), 'utf8')
  await write(page, withFrontMatter({ source: file, description: descriptionOf(markdown) }, markdown))
}
for (const file of sources) await write(`${file}.md`, await sourcePage(file))
for (const folder of folders.filter((name) => name !== 'examples' && !documents.has(`${name}/README.md`))) {
  await write(`${folder}/index.md`, folderPage(folder))
}
for (const picture of pictures) await cp(join(root, picture), join(staged, 'public', picture))
await cp(new URL('public', import.meta.url), join(staged, 'public'), { recursive: true })

const reference = await readReference()
for (const [page, markdown] of reference.pages) await write(page, markdown)

const sidebars = { guides: await readGuides(), examples: examplesSidebar(), reference: reference.sidebar }
await write('sidebars.json', JSON.stringify(sidebars))

async function write(page: string, content: string): Promise<void> {
  const file = join(staged, page)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}
