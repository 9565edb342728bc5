import { extname } from 'node:path'

/** A link of a file of the site. */
export interface Link {
  readonly url: string
  /** Whether a reader follows it, rather than the browser by itself. */
  readonly isClicked: boolean
}

/** The links of a file, by its kind. */
export function linksOf(file: string, text: string): Link[] {
  switch (extname(file)) {
    case '.html':
      return [...linksOfMarkup(text), ...urlsOfStyles(text).map(loaded)]
    case '.svg':
      return linksOfMarkup(text)
    case '.css':
      return urlsOfStyles(text).map(loaded)
    case '.js':
      return importsOf(text).map(loaded)
    default:
      throw new Error(`${file}: unknown kind of file`)
  }
}

function linksOfMarkup(markup: string): Link[] {
  const tags = markup.matchAll(/<([a-z]+)\s[^>]*>/gi)
  return Array.from(tags).flatMap(([tag, name]) => {
    const attributes = tag.matchAll(/\s(href|src|srcset|poster|data)="([^"]*)"/g)
    return Array.from(attributes).flatMap(([, attribute, value = '']) => {
      const urls =
        attribute === 'srcset' ? value.split(',').map((one) => one.trim().replace(/\s.*/, '')) : [value]
      return urls.map((url) => ({ url: url.replaceAll('&amp;', '&'), isClicked: name === 'a' }))
    })
  })
}

function urlsOfStyles(css: string): string[] {
  const urls = css.matchAll(/\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+["']([^"']+)["']/g)
  return Array.from(urls, ([, ...found]) => found.find((url) => url !== undefined) ?? '')
}

/** The modules that a module imports, now or later. */
function importsOf(javascript: string): string[] {
  const specifiers = javascript.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g)
  return Array.from(specifiers, ([, specifier = '']) => specifier)
}

function loaded(url: string): Link {
  return { url, isClicked: false }
}
