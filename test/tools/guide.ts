import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const source = new URL('../../docs/observability.md', import.meta.url)

/** Writes the files of the guide, as they stand there, to a folder of the project. */
export async function writeGuideFiles(project: string): Promise<void> {
  const folder = join(project, 'guide')
  await mkdir(folder, { recursive: true })
  const text = await readFile(source, 'utf8')
  for (const [, name = '', code = ''] of text.matchAll(/<!-- file: (\S+) -->\n```js\n(.*?)```\n/gs)) {
    await writeFile(join(folder, name), code)
  }
}
