/**
 * Follows every link inside the built site: its file is there, and so is the element that a `#` names. Run by
 * `npm run site`.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { root } from '../package/packed.ts'

const site = join(root, 'site')
const files = (await readdir(site, { recursive: true, withFileTypes: true }))
  .filter((file) => file.isFile())
  .map((file) => posix.join(file.parentPath, file.name).slice(site.length + 1))
const pages = new Map<string, string>()
for (const file of files.filter((name) => name.endsWith('.html'))) {
  pages.set(file, await readFile(join(site, file), 'utf8'))
}

const broken = new Set<string>()
let count = 0
for (const [page, html] of pages) {
  for (const link of linksOf(html)) {
    count += 1
    const problem = problemWith(link, page)
    if (problem !== null) broken.add(`${page}: ${link} ${problem}`)
  }
}
for (const problem of broken) console.error(problem)
console.log(`${pages.size} pages, ${count} links, ${broken.size} broken`)
if (broken.size > 0 || count === 0) process.exitCode = 1

function linksOf(html: string): string[] {
  const attributes = html.matchAll(/\s(?:href|src|srcset)="([^"]*)"/g)
  return Array.from(attributes, ([, link = '']) => link.replaceAll('&amp;', '&'))
}

function problemWith(link: string, page: string): string | null {
  // Other sites are not asked: what is there is not ours.
  if (/^(?:https?:|mailto:|data:)/.test(link)) return null
  const [path = '', fragment] = link.split('#')
  const target = path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path))
  const file = target.endsWith('/') || target === '.' ? posix.join(target, 'index.html') : target
  if (!files.includes(file)) return 'leads nowhere'
  const html = pages.get(file)
  if (!fragment || html === undefined) return null
  const id = decodeURIComponent(fragment)
  return html.includes(` id="${id}"`) ? null : `names no element of ${file}`
}
