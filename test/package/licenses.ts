/**
 * Writes THIRD-PARTY-LICENSES.md, by `npm run licenses:update` after the build; the check of the package compares it.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './packed.ts'

export const licensesFile = 'THIRD-PARTY-LICENSES.md'

/** Fails where the file that the package has is not about exactly the packages that are bundled in its `dist`. */
export async function checkLicenses(installed: string): Promise<void> {
  const expected = await licensesOf(join(installed, 'dist'))
  if ((await readFile(join(installed, licensesFile), 'utf8')) === expected) return
  throw new Error(`${licensesFile} is not up to date: run \`npm run licenses:update\` after the build`)
}

/** What the file has to say: the source maps tell what is bundled. */
async function licensesOf(dist: string): Promise<string> {
  const names = new Set<string>()
  for (const file of await readdir(dist)) {
    if (!file.endsWith('.map')) continue
    const { sources }: { sources: string[] } = JSON.parse(await readFile(join(dist, file), 'utf8'))
    for (const source of sources) {
      const name = /.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]
      if (name !== undefined) names.add(name)
    }
  }
  const sections = await Promise.all([...names].sort().map(section))
  return `# Licenses of the code that is bundled\n\n${sections.join('\n') || 'None is.\n'}`
}

async function section(name: string): Promise<string> {
  const folder = join(root, 'node_modules', name)
  const file = (await readdir(folder)).find((path) => /^licen[cs]e(\.(md|txt))?$/i.test(path))
  if (file === undefined) throw new Error(`${name} has no license file`)
  const { license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim()
  return `## ${name}\n\nhttps://www.npmjs.com/package/${name}, ${license}\n\n\`\`\`text\n${text}\n\`\`\`\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(join(root, licensesFile), await licensesOf(join(root, 'dist')))
}
