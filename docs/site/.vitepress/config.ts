import { readFileSync } from 'node:fs'
import { slug } from 'github-slugger'
import { createLogger } from 'vite'
import { type DefaultTheme, defineConfig, type HeadConfig } from 'vitepress'
import { publicNames } from '../markdown/public-names.ts'
import { repositoryLinks } from '../markdown/repository-links.ts'
import type { Guide } from '../pages/readme.ts'

interface Sidebars {
  readonly guides: readonly Guide[]
  readonly examples: DefaultTheme.SidebarItem[]
  readonly reference: DefaultTheme.SidebarItem[]
}

const { name, version, description, repository } = readJson('../../../package.json')
const { guides, examples, reference }: Sidebars = readJson('../.pages/sidebars.json')

/** The path that the site is served under. */
const base = process.env.SITE_BASE ?? '/'
const logger = createLogger()

export default defineConfig({
  title: name,
  description,
  lang: 'en',
  srcDir: '.pages',
  outDir: '../../site',
  base,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}favicon.svg` }],
    ['meta', { name: 'theme-color', content: '#24554a' }],
  ],
  transformHead: ({ pageData, title, description }): HeadConfig[] => [
    ['meta', { property: 'og:type', content: 'article' }],
    ['meta', { property: 'og:site_name', content: name }],
    ['meta', { property: 'og:title', content: title }],
    ['meta', { property: 'og:description', content: pageData.description || description }],
    ['meta', { name: 'twitter:card', content: 'summary' }],
  ],
  markdown: {
    // Links to headings are GitHub's.
    anchor: { slugify: slug },
    config(markdown) {
      markdown.use(repositoryLinks)
      markdown.use(publicNames, new Map(pagesOf(reference)))
    },
  },
  vite: {
    customLogger: logger,
    // The index of the search is larger than what Vite warns of.
    build: { chunkSizeWarningLimit: 4096 },
  },
  buildEnd() {
    if (logger.hasWarned) throw new Error('There were warnings, see above')
  },
  themeConfig: {
    logo: '/favicon.svg',
    nav: [
      { text: 'Guides', link: '/overview', activeMatch: '^/(overview|guides/)' },
      { text: 'Reference', link: '/reference/', activeMatch: '^/reference/' },
      { text: 'Examples', link: '/examples/', activeMatch: '^/examples/' },
      { text: `v${version}`, link: '/changelog' },
      ...(repository === undefined
        ? []
        : [{ text: 'Repository', link: repository.url.replace(/^git\+|\.git$/g, '') }]),
    ],
    sidebar: {
      '/reference/': reference,
      '/examples/': [{ text: 'Examples', link: '/examples/', items: examples }],
      '/': [
        {
          text: 'Guides',
          items: [
            { text: 'Overview', link: '/overview' },
            ...guides.map(({ title, link }) => ({ text: title, link })),
          ],
        },
        {
          text: 'Project',
          items: [
            { text: 'Changelog', link: '/changelog' },
            { text: 'Contributing', link: '/contributing' },
            { text: 'License', link: '/LICENSE' },
          ],
        },
      ],
    },
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        // Rendering takes time, so the front matter is looked for before it.
        _render: (source, env, markdown) =>
          source.includes('\nsearch: false\n') ? '' : markdown.render(source, env),
        miniSearch: {
          searchOptions: {
            // Functions and guides first, and members of the reference last. The browser gets the text of this
            // function, so it cannot use any other.
            boostDocument(id, _term, section) {
              if (!id.includes('/reference/')) return 2
              if (Array.isArray(section?.titles) && section.titles.length > 0) return 0.25
              if (id.includes('/functions/')) return 5
              return id.includes('/errors/') ? 2 : 1
            },
          },
        },
      },
    },
  },
})

function readJson(path: string) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
}

/** The link of each page that a sidebar names. */
function pagesOf(sidebar: readonly DefaultTheme.SidebarItem[]): [string, string][] {
  return sidebar.flatMap(({ text, link, items = [] }) => {
    const own: [string, string][] = text === undefined || link === undefined ? [] : [[text, link]]
    return [...own, ...pagesOf(items)]
  })
}
