import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'

/** Every relative link of the guides, and every picture, leads to a file of the package or to a folder of it. */
export async function checkLinks(installed: string, files: readonly string[]): Promise<void> {
  const dead: string[] = []
  for (const path of files.filter((file) => file.endsWith('.md'))) {
    for (const link of linksOf(await readFile(join(installed, path), 'utf8'))) {
      const target = posix.join(posix.dirname(path), link)
      if (!files.some((file) => file === target || file.startsWith(`${target}/`)))
        dead.push(`${path}: ${link}`)
    }
  }
  if (dead.length > 0) throw new Error(`these links lead out of the package: ${dead.join(', ')}`)
}

/** Without those to the web and to places in the same file. */
function linksOf(markdown: string): string[] {
  const found = markdown.matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset|href)="([^"]+)"/g)
  return Array.from(found, ([, link, attribute]) => link ?? attribute ?? '')
    .filter((link) => !/^([a-z]+:|#)/i.test(link))
    .map((link) => link.replace(/#.*/, ''))
}
