/**
 * Measures what the library costs those who bundle or install it, and how much of that each package is. Run by
 * `npm run size`, after the build.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle, gzipSize, sharesOf } from './bundle.ts'
import { inTemporaryFolder, makeProject, pack } from './packed.ts'

const kB = 1000

const sizes = await inTemporaryFolder(async (folder): Promise<Readonly<Record<string, number>>> => {
  const { tarball, unpackedSize } = await pack(folder)
  const project = join(folder, 'project')
  await makeProject(project, [tarball])
  return {
    'both providers, min+gzip, all but undici': gzipSize(
      await bundle(
        project,
        `export { bird, listParticipantConversations, twilio } from 'participant-conversations'`,
      ),
    ),
    '/twilio, min+gzip, all but undici': gzipSize(
      await bundle(
        project,
        `export { listParticipantConversations, twilio } from 'participant-conversations/twilio'`,
      ),
    ),
    'package, unpacked': unpackedSize,
    'installed with its dependencies': await folderSize(join(project, 'node_modules')),
  }
})

console.log('| | size |\n|---|---|')
for (const [what, size] of Object.entries(sizes)) console.log(`| ${what} | ${(size / kB).toFixed(1)} kB |`)

console.log('\nOf the minified bytes of both providers:\n\n| package | bytes | share |\n|---|---|---|')
const shares = await sharesOf(`export { bird, listParticipantConversations, twilio } from './src/index.ts'`)
const total = [...shares.values()].reduce((sum, bytes) => sum + bytes, 0)
for (const [name, bytes] of [...shares].sort(([, a], [, b]) => b - a)) {
  console.log(`| ${name} | ${(bytes / kB).toFixed(1)} kB | ${Math.round((100 * bytes) / total)} % |`)
}

async function folderSize(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
