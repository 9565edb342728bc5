import { execFileSync } from 'node:child_process'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository, and the one that the pages are written to for VitePress. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))
export const staged = fileURLToPath(new URL('../.pages', import.meta.url))

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .split('\n')
  .filter((file) => !file.endsWith('package-lock.json'))

/** The pictures of the guides. */
export const pictures = files.filter((file) => /^docs\/[^/]+\.(?:svg|webp)$/.test(file))

/** Each document, and its page. */
export const documents: ReadonlyMap<string, string> = new Map(
  files.flatMap((file) => {
    const page = pageOfDocument(file)
    return page === null ? [] : [[file, page]]
  }),
)

/** Files whose source is a page. */
export const sources = files.filter(
  (file) => (file.startsWith('examples/') || file === 'LICENSE') && !documents.has(file),
)

/** The folders of the examples, with the one that they are in. */
export const folders = foldersOf(files.filter((file) => file.startsWith('examples/')))

/** What the site shows of the repository: each file or folder, and its page. */
export const pages: ReadonlyMap<string, string> = new Map([
  ...documents,
  ...sources.map((file): [string, string] => [file, `${file}.md`]),
  ...folders.map((folder): [string, string] => [folder, `${folder}/index.md`]),
])

function pageOfDocument(file: string): string | null {
  if (file === 'README.md') return 'overview.md'
  if (file === 'SECURITY.md') return 'guides/security.md'
  if (file === 'CHANGELOG.md' || file === 'CONTRIBUTING.md') return file.toLowerCase()
  if (/^docs\/[^/]+\.md$/.test(file)) return file.replace('docs', 'guides')
  if (/^examples\/.+\/README\.md$/.test(file)) return file.replace('README', 'index')
  return null
}

function foldersOf(paths: readonly string[]): string[] {
  const found = new Set<string>()
  for (const path of paths) {
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) found.add(folder)
  }
  return [...found].sort()
}

/** The address of a page on the site, such as `/guides/listing.html`. */
export function addressOf(page: string): string {
  return `/${page.replace(/\.md$/, '.html')}`.replace(/\/index\.html$/, '/')
}
