/**
 * Measures what the library costs those who bundle or install it. Run by `npm run size`, after the build; fails over
 * a limit. Those of the bundles are a little over what they are: a change that makes them larger has to be worth it.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle, gzipSize } from './bundle.ts'
import { inTemporaryFolder, makeProject, pack } from './packed.ts'

const kB = 1000
const MB = 1000 * kB

const limits = {
  'both providers, min+gzip, without undici': 15.8 * kB,
  '/twilio, min+gzip, without undici': 14.5 * kB,
  'package, unpacked': 700 * kB,
  'installed with its dependencies': 4 * MB,
}

const sizes = await inTemporaryFolder(async (folder): Promise<Record<keyof typeof limits, number>> => {
  const { tarball, unpackedSize } = await pack(folder)
  const project = join(folder, 'project')
  await makeProject(project, [tarball])
  return {
    'both providers, min+gzip, without undici': gzipSize(
      await bundle(
        project,
        `export { bird, listParticipantConversations, twilio } from 'participant-conversations'`,
      ),
    ),
    '/twilio, min+gzip, without undici': gzipSize(
      await bundle(
        project,
        `export { listParticipantConversations, twilio } from 'participant-conversations/twilio'`,
      ),
    ),
    'package, unpacked': unpackedSize,
    'installed with its dependencies': await folderSize(join(project, 'node_modules')),
  }
})

console.log('| | size | limit | |\n|---|---|---|---|')
for (const [what, limit] of Object.entries(limits)) {
  const size = sizes[what as keyof typeof limits]
  const verdict = size <= limit ? 'ok' : 'over'
  console.log(`| ${what} | ${(size / kB).toFixed(1)} kB | ${limit / kB} kB | ${verdict} |`)
  if (verdict === 'over') process.exitCode = 1
}

async function folderSize(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
