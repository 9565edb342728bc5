/**
 * Follows every link inside the built site, whatever kind of file it is in: the file that it names is there, and so is the
 * element. What readers click leads to a page, not to a download, and every page can be reached. Run by `npm run site`.
 */
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, posix } from 'node:path'
import { root } from '../package/packed.ts'
import { type Link, linksOf } from './site-links.ts'

const site = join(root, 'site')
/** The path that the site is served under. */
const base = process.env.SITE_BASE ?? '/'
const TEXTS = ['.html', '.css', '.js', '.svg']

const files = (await readdir(site, { recursive: true, withFileTypes: true }))
  .filter((file) => file.isFile())
  .map((file) => posix.join(file.parentPath, file.name).slice(site.length + 1))
const texts = new Map<string, string>()
for (const file of files.filter((name) => TEXTS.includes(extname(name)))) {
  texts.set(file, await readFile(join(site, file), 'utf8'))
}

const problems = new Set<string>()
/** The pages that a click leads to, by the page. */
const clicks = new Map<string, Set<string>>()
let count = 0
const ids = new Map<string, Set<string>>()
for (const [file, text] of texts) {
  for (const link of linksOf(file, text)) {
    count += 1
    const problem = problemWith(link, file)
    if (problem !== null) problems.add(`${file}: ${link.url} ${problem}`)
  }
}
// What is shown for an address that does not exist needs no link.
const reached = new Set(['404.html', ...pagesFrom('index.html')])
for (const page of files.filter((file) => file.endsWith('.html') && !reached.has(file))) {
  problems.add(`${page}: no links lead to it from the first page`)
}

for (const problem of problems) console.error(problem)
console.log(`${files.length} files, ${count} links, ${problems.size} problems`)
if (problems.size > 0 || count === 0) process.exitCode = 1
else console.log('The site is in site/. To look at it: npm run site:preview')

function problemWith({ url, isClicked }: Link, from: string): string | null {
  // Other sites are not requested: their content is not ours.
  if (/^(?:https?:|mailto:|data:)/.test(url)) return null
  const [path = '', fragment = ''] = url.split('#')
  const target = fileOf(path, from)
  if (!files.includes(target)) return 'leads nowhere'
  const isPage = target.endsWith('.html')
  if (isClicked && !isPage) return 'downloads a file'
  if (isClicked) clicks.set(from, (clicks.get(from) ?? new Set()).add(target))
  if (fragment === '') return null
  return idsOf(target).has(decodeURIComponent(fragment)) ? null : `names no element of ${target}`
}

/** The pages that clicks lead to, however many. A set also iterates over what is added meanwhile. */
function pagesFrom(start: string): Set<string> {
  const pages = new Set([start])
  for (const page of pages) for (const target of clicks.get(page) ?? []) pages.add(target)
  return pages
}

/** The file that a static server sends for a path. */
function fileOf(path: string, from: string): string {
  const decoded = decodeURIComponent(path.replace(/\?.*/, ''))
  if (decoded === '') return from
  const target = decoded.startsWith('/')
    ? posix.relative(base, decoded)
    : posix.join(posix.dirname(from), decoded)
  return decoded.endsWith('/') || target === '' ? posix.join(target, 'index.html') : target
}

function idsOf(file: string): Set<string> {
  const known = ids.get(file)
  if (known !== undefined) return known
  const found = new Set(Array.from(texts.get(file)?.matchAll(/\sid="([^"]+)"/g) ?? [], ([, id = '']) => id))
  ids.set(file, found)
  return found
}
