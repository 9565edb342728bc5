import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withFrontMatter } from './markdown.ts'
import { readExample, readGuides } from './readme.ts'
import { root } from './repository.ts'

/** The landing page: the README's first example and picture, and its guides. */
export async function landingPage(): Promise<string> {
  const { name, description } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const { code, picture } = await readExample()
  const hero = {
    name,
    tagline: description,
    actions: [
      { text: 'Get started', link: '/overview' },
      { text: 'Reference', link: '/reference/', theme: 'alt' },
    ],
  }
  const guides = (await readGuides()).map(
    ({ title, details, link }) => `- [**${title}** ${details}](${link})`,
  )
  return withFrontMatter(
    {
      source: 'README.md',
      layout: 'home',
      title: name,
      titleTemplate: false,
      description,
      hero,
      search: false,
    },
    [code, picture, '## Guides', `<div class="guides">\n\n${guides.join('\n')}\n\n</div>`].join('\n\n'),
  )
}
