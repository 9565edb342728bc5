import { posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { pages, pictures } from '../pages/repository.ts'

/**
 * Leads relative links to the pages of what they name in the repository, so that the guides are plain Markdown that reads
 * the same on GitHub. `source`, in the front matter, is the file that the page shows.
 */
export function repositoryLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const { source }: { source?: string } = env.frontmatter ?? {}
    if (source === undefined) return
    for (const token of tokens) {
      if (token.type === 'html_block') token.content = showPictures(token.content, source)
      for (const child of token.children ?? []) {
        const href = child.type === 'link_open' ? child.attrGet('href') : null
        if (href !== null) child.attrSet('href', pageOf(href, source))
      }
    }
  })
}

function pageOf(href: string, source: string): string {
  if (/^(?:[a-z]+:|[#/])/.test(href)) return href
  const [path = '', fragment] = href.split('#')
  const target = posix.join(posix.dirname(source), path).replace(/\/$/, '')
  const page = pages.get(target)
  if (page === undefined) throw new Error(`${source}: the site has no page for ${href}`)
  return `/${page}${fragment === undefined ? '' : `#${fragment}`}`
}

const PICTURE =
  /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img alt="([^"]*)" src="([^"]+)"([^>]*)>\s*<\/picture>/g

/** GitHub chooses a picture by the reader's system; the site has a switch of its own. */
function showPictures(html: string, source: string): string {
  const shown = html.replace(
    PICTURE,
    (_, dark, alt, light, rest) =>
      `<img class="light-only" alt="${alt}" src="${fileOf(light, source)}"${rest}>` +
      `<img class="dark-only" alt="${alt}" src="${fileOf(dark, source)}"${rest}>`,
  )
  if (/<picture|<source|src="[^/]/.test(shown)) throw new Error(`${source}: unknown HTML: ${html}`)
  return shown
}

function fileOf(src: string, source: string): string {
  const file = posix.join(posix.dirname(source), src)
  if (!pictures.includes(file)) throw new Error(`${source}: there is no picture ${file}`)
  return `/${file}`
}
